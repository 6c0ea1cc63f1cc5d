using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>Cosines and sines of some rows' positions.</summary>
internal readonly record struct Rotation(torch.Tensor Cos, torch.Tensor Sin)
{
    /// <summary>[sequences, heads, rows, head dim]: x·cos + rotate_half(x)·sin.</summary>
    public torch.Tensor Apply(torch.Tensor x)
    {
        torch.Tensor[] halves = x.chunk(2, -1);
        return HeldScalars.Add(x * Cos, torch.cat([-halves[1], halves[0]], -1) * Sin);
    }
}
