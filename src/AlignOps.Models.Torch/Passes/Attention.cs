using AlignOps.Models.Policies;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

internal static class Attention
{
    /// <summary>Every row sees itself and the rows before it, or in a windowed layer those that its window reaches.</summary>
    public static Attend Causal(PolicyConfig config) => (layer, queries, keys, values) =>
    {
        int window = config.Window(layer);
        long rows = queries.shape[2];
        if (rows <= window)
        {
            return Causal(queries, keys, values);
        }

        torch.Tensor seen = torch.ones([rows, rows], torch.ScalarType.Bool, queries.device).tril().triu(1 - window);
        return torch.nn.functional.scaled_dot_product_attention(queries, Repeat(keys, queries.shape[1]), Repeat(values, queries.shape[1]), attn_mask: seen);
    };

    /// <summary>
    /// Every row sees itself and the rows before it. Padding stands behind a sequence's rows, so none of them sees it and no mask is needed: the fused kernels apply.
    /// </summary>
    private static torch.Tensor Causal(torch.Tensor queries, torch.Tensor keys, torch.Tensor values) =>
        torch.nn.functional.scaled_dot_product_attention(queries, Repeat(keys, queries.shape[1]), Repeat(values, queries.shape[1]), is_casual: true);

    /// <summary>Each key-value head serves a group of query heads that stand together.</summary>
    private static torch.Tensor Repeat(torch.Tensor x, long heads)
    {
        (long sequences, long own, long rows, long dim) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        return own == heads ? x : x.unsqueeze(2).expand(sequences, own, heads / own, rows, dim).reshape(sequences, heads, rows, dim);
    }
}
