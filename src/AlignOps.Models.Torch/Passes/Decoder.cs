using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Torch.Weights;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>A decoder (modeling_llama.py and its kin) with the weights of one call.</summary>
internal sealed class Decoder
{
    private readonly PolicyConfig _config;
    private readonly HeldScalars _scalars;
    private readonly torch.Tensor _embedding;
    private readonly DecoderLayer[] _layers;
    private readonly torch.Tensor _finalNorm;

    /// <param name="leaves">The trained tensors by name, which gather gradients.</param>
    /// <param name="tensor">A tensor in the compute type, by name.</param>
    public Decoder(
        PolicyConfig config, RotaryTable rotary, HeldScalars scalars, IReadOnlyDictionary<string, torch.Tensor> leaves, Func<string, torch.Tensor> tensor, Func<int, string, Projection> projection,
        bool hasRewardHead)
    {
        (_config, _scalars, Rotary, Leaves) = (config, scalars, rotary, leaves);
        _embedding = tensor(LlamaLayout.Embedding);
        _layers = [.. Enumerable.Range(0, config.LayerCount).Select(layer => new DecoderLayer(
            tensor(LlamaLayout.InputNorm(layer)), projection(layer, "q_proj"), projection(layer, "k_proj"), projection(layer, "v_proj"), projection(layer, "o_proj"),
            tensor(LlamaLayout.PostAttentionNorm(layer)), projection(layer, "gate_proj"), projection(layer, "up_proj"), projection(layer, "down_proj"),
            config.HasHeadNorms ? tensor(LlamaLayout.QueryNorm(layer)) : null, config.HasHeadNorms ? tensor(LlamaLayout.KeyNorm(layer)) : null))];
        _finalNorm = tensor(LlamaLayout.FinalNorm);
        HeadName = config.TieWordEmbeddings ? LlamaLayout.Embedding : LlamaLayout.Head;
        Head = tensor(HeadName);
        RewardHead = hasRewardHead ? tensor(AdapterLayout.RewardHead) : null;
    }

    public PolicyConfig Config => _config;

    public RotaryTable Rotary { get; }

    public IReadOnlyDictionary<string, torch.Tensor> Leaves { get; }

    /// <summary>[vocabulary, hidden]; the embedding where they are tied.</summary>
    public torch.Tensor Head { get; }

    public string HeadName { get; }

    /// <summary>[1, hidden], where the adapter has a head.</summary>
    public torch.Tensor? RewardHead { get; }

    /// <summary>Tokens [sequences, rows] to the residual stream after the last layer [sequences, rows, hidden].</summary>
    /// <param name="noise">That of training; null for none.</param>
    public torch.Tensor Forward(torch.Tensor tokens, Rotation rotation, Attend attend, BatchNoise? noise = null)
    {
        torch.Tensor x = _embedding.index_select(0, tokens.view(-1)).view(tokens.shape[0], tokens.shape[1], _config.HiddenSize);
        x = noise?.Embeddings() is { } disturbance ? HeldScalars.Add(x, disturbance) : x;
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            torch.Tensor next = Block(layer, x, rotation, attend, noise);
            x.Dispose();
            x = next;
        }

        return x;
    }

    /// <summary>The final norm of some rows [rows, hidden].</summary>
    public torch.Tensor Norm(torch.Tensor rows) => Norm(rows, _finalNorm);

    /// <summary>Takes what backward needs by name out of the caller's scope, until <see cref="Release"/>. The rest, the graph keeps.</summary>
    public void Keep()
    {
        foreach (torch.Tensor tensor in Own())
        {
            tensor.DetachFromDisposeScope();
        }
    }

    public void Release()
    {
        foreach (torch.Tensor tensor in Own())
        {
            tensor.Dispose();
        }
    }

    private IEnumerable<torch.Tensor> Own() => Leaves.ContainsKey(HeadName) ? Leaves.Values.Append(Head) : Leaves.Values;

    private torch.Tensor Block(int index, torch.Tensor x, Rotation rotation, Attend attend, BatchNoise? noise)
    {
        // What backward needs, the graph keeps; the rest goes with the scope.
        using DisposeScope scope = torch.NewDisposeScope();
        DecoderLayer layer = _layers[index];
        torch.Tensor normed = Norm(x, layer.InputNorm);
        torch.Tensor? mask = Mask(AdapterInput.Attention, normed, layer.Query, layer.Key, layer.Value);
        torch.Tensor queries = rotation.Apply(Heads(layer.Query.Apply(normed, mask), _config.HeadCount, layer.QueryNorm));
        torch.Tensor keys = rotation.Apply(Heads(layer.Key.Apply(normed, mask), _config.KeyValueHeadCount, layer.KeyNorm));
        torch.Tensor values = Heads(layer.Value.Apply(normed, mask), _config.KeyValueHeadCount, norm: null);
        torch.Tensor attended = attend(index, queries, keys, values).transpose(1, 2).reshape(x.shape[0], x.shape[1], _config.HeadCount * _config.HeadDim);
        torch.Tensor middle = HeldScalars.Add(x, layer.Output.Apply(attended, Mask(AdapterInput.Output, attended, layer.Output)));

        torch.Tensor inner = Norm(middle, layer.MlpNorm);
        mask = Mask(AdapterInput.GateUp, inner, layer.Gate, layer.Up);
        torch.Tensor gated = torch.nn.functional.silu(layer.Gate.Apply(inner, mask)) * layer.Up.Apply(inner, mask);
        return HeldScalars.Add(middle, layer.Down.Apply(gated, Mask(AdapterInput.Down, gated, layer.Down))).MoveToOuterDisposeScope();

        torch.Tensor? Mask(AdapterInput input, torch.Tensor read, params ReadOnlySpan<Projection> readers)
        {
            foreach (Projection reader in readers)
            {
                if (reader.A is not null)
                {
                    return noise?.Mask(index, input, (int)read.shape[2]);
                }
            }

            return null;
        }
    }

    private torch.Tensor Heads(torch.Tensor x, int heads, torch.Tensor? norm)
    {
        torch.Tensor split = x.view(x.shape[0], x.shape[1], heads, _config.HeadDim);
        return (norm is null ? split : Norm(split, norm)).transpose(1, 2);
    }

    /// <summary>x / √(mean(x²) + ε) in fp32, back in the compute type, times the weight: the order of modeling_llama.py.</summary>
    private torch.Tensor Norm(torch.Tensor x, torch.Tensor weight)
    {
        torch.Tensor single = x.to(torch.ScalarType.Float32);
        torch.Tensor inverse = _scalars.AddEpsilon((single * single).mean([-1], keepdim: true)).rsqrt();
        return (single * inverse).to(x.dtype) * weight;
    }
}
