using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>Attention of one layer over rotated queries [sequences, heads, rows, head dim] and keys and values [sequences, key-value heads, rows, head dim].</summary>
/// <returns>[sequences, heads, rows, head dim].</returns>
internal delegate torch.Tensor Attend(int layer, torch.Tensor queries, torch.Tensor keys, torch.Tensor values);
