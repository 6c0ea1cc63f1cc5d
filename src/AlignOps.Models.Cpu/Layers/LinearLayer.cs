using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>
/// y = xWᵀ + b with W [outputs, inputs], packed for both directions. A trained weight stays and is packed again before each call; a frozen one is packed once and let go,
/// and kept as bf16 where every number is one.
/// </summary>
internal sealed unsafe class LinearLayer
{
    /// <param name="form">Of a frozen weight in a policy that only answers.</param>
    public LinearLayer(Weight weight, Weight? bias, bool backward, WeightForm form = WeightForm.Exact)
    {
        Bias = bias;
        (Outputs, Inputs) = (weight.Shape[0], weight.Shape[1]);
        Forward = new PackedMatrix(Inputs, Outputs);
        Backward = backward ? new PackedMatrix(Outputs, Inputs) : null;
        if (weight.Gradient is not null)
        {
            Trained = weight;
        }
        else
        {
            Pack(weight);
            Shrink(form);
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The weight, where it is trained.</summary>
    public Weight? Trained { get; }

    /// <summary>[outputs], where the layer has one.</summary>
    public Weight? Bias { get; }

    /// <summary>Wᵀ: depth is the inputs.</summary>
    public PackedMatrix Forward { get; }

    /// <summary>W, for ∂L/∂x = dy·W; null where nothing is trained.</summary>
    public PackedMatrix? Backward { get; }

    public LoraPair? Lora { get; set; }

    public void Pack(Weight weight)
    {
        Forward.PackTransposed(weight.Value.Pointer, Inputs, Outputs, Inputs);
        Backward?.Pack(weight.Value.Pointer, Inputs, Outputs, Inputs);
    }

    private void Shrink(WeightForm form)
    {
        if (form == WeightForm.Int8)
        {
            Forward.Quantise();
            return;
        }

        Forward.Halve();
        Backward?.Halve();
    }
}
