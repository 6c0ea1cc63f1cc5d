using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

internal static class Attention
{
    /// <summary>
    /// Every row sees itself and the rows before it. Padding stands behind a sequence's rows, so none of them sees it and no mask is needed: the fused kernels apply.
    /// </summary>
    public static torch.Tensor Causal(int layer, torch.Tensor queries, torch.Tensor keys, torch.Tensor values) =>
        torch.nn.functional.scaled_dot_product_attention(queries, Repeat(keys, queries.shape[1]), Repeat(values, queries.shape[1]), is_casual: true);

    /// <summary>Each key-value head serves a group of query heads that stand together.</summary>
    private static torch.Tensor Repeat(torch.Tensor x, long heads)
    {
        (long sequences, long own, long rows, long dim) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        return own == heads ? x : x.unsqueeze(2).expand(sequences, own, heads / own, rows, dim).reshape(sequences, heads, rows, dim);
    }
}
