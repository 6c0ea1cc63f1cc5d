using TorchSharp;

namespace AlignOps.Models.Torch;

/// <summary>The device that tensors live on, and the type that layers compute in.</summary>
internal sealed record Placement(torch.Device Device, torch.ScalarType Dtype)
{
    /// <summary>Elements of logits that exist at a time: 256 MiB in fp32 on a device, 64 MiB on a processor.</summary>
    public long LogitElements => Device.type == DeviceType.CUDA ? 1L << 26 : 1L << 24;

    /// <summary>Bytes that a batch's keys and values may take.</summary>
    public long CacheBytes => Device.type == DeviceType.CUDA ? 8L << 30 : 2L << 30;

    public int DtypeSize => Dtype == torch.ScalarType.BFloat16 ? 2 : 4;

    /// <summary>Copies fp32 values, row-major, to the device in the compute type.</summary>
    public torch.Tensor Place(float[] values, IReadOnlyList<int> shape)
    {
        using torch.Tensor host = torch.frombuffer(values, torch.ScalarType.Float32);
        using torch.Tensor shaped = host.view([.. shape.Select(size => (long)size)]);
        return shaped.to(Dtype, Device, copy: true);
    }

    /// <summary>Copies integers to the device.</summary>
    public torch.Tensor Place(long[] values, params long[] shape)
    {
        using torch.Tensor host = torch.frombuffer(values, torch.ScalarType.Int64);
        using torch.Tensor shaped = host.view(shape);
        return shaped.to(torch.ScalarType.Int64, Device, copy: true);
    }

    /// <summary>Copies fp32 values to the device, in fp32 whatever the compute type.</summary>
    public torch.Tensor PlaceSingle(float[] values, params long[] shape)
    {
        using torch.Tensor host = torch.frombuffer(values, torch.ScalarType.Float32);
        using torch.Tensor shaped = host.view(shape);
        return shaped.to(torch.ScalarType.Float32, Device, copy: true);
    }
}
