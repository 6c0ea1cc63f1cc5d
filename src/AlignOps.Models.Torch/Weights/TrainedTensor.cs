using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>
/// A tensor in training. Its value and gradient stand in the host's memory in fp32, where optimizers and files meet them; every call takes the value as it is then.
/// </summary>
internal sealed class TrainedTensor : IDisposable
{
    private readonly float[] _value;
    private readonly float[] _gradient;
    private readonly int[] _shape;
    private readonly torch.Tensor _hostValue;
    private readonly torch.Tensor _hostGradient;

    public TrainedTensor(string name, IReadOnlyList<int> shape, float[] value)
    {
        Name = name;
        _shape = [.. shape];
        _value = value;
        _gradient = new float[value.Length];
        _hostValue = View(_value);
        _hostGradient = View(_gradient);
    }

    public string Name { get; }

    public TrainableParameter Parameter() => new(Name, _shape, _value, _gradient, Decays: _shape.Length > 1);

    public NamedTensor Tensor() => new(Name, _shape, _value);

    /// <summary>The present value on the device, in fp32: a leaf of a graph of its own, so that passes open at once do not meet.</summary>
    public torch.Tensor Leaf(torch.Device device, bool gradient)
    {
        using torch.Tensor host = _hostValue.detach();
        torch.Tensor leaf = host.to(device).requires_grad_(gradient);
        GC.KeepAlive(this);
        return leaf;
    }

    public void Accumulate(torch.Tensor gradient)
    {
        using torch.Tensor host = gradient.to(torch.ScalarType.Float32, torch.CPU);
        HeldScalars.AddTo(_hostGradient, host);
    }

    public void Dispose()
    {
        _hostValue.Dispose();
        _hostGradient.Dispose();
    }

    private torch.Tensor View(float[] values)
    {
        using torch.Tensor flat = torch.frombuffer(values, torch.ScalarType.Float32);
        return flat.view([.. _shape.Select(size => (long)size)]).DetachFromDisposeScope();
    }
}
