namespace AlignOps.Models.Safetensors;

/// <summary>How a tensor's numbers stand in a file. In memory they are always fp32.</summary>
public enum TensorDtype
{
    F32,
    BF16,
    F16,
}
