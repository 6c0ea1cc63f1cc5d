using System.Runtime.InteropServices;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

internal static class HostCopy
{
    /// <summary>Copies an fp32 tensor from any device, row-major.</summary>
    public static void To(torch.Tensor tensor, Span<float> destination)
    {
        using torch.Tensor host = tensor.detach().cpu().contiguous();
        MemoryMarshal.Cast<byte, float>(host.bytes).CopyTo(destination);
    }
}
