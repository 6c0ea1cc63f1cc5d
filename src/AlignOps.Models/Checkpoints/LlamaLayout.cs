using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// The tensors of a Llama-like checkpoint by Hugging Face's names (modeling_llama.py and its kin). Linear layers are [out, in], y = xWᵀ + b.
/// </summary>
public static class LlamaLayout
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";

    /// <summary>Absent from the file where the embeddings are tied.</summary>
    public const string Head = "lm_head.weight";

    public static string InputNorm(int layer) => $"model.layers.{layer}.input_layernorm.weight";

    public static string PostAttentionNorm(int layer) => $"model.layers.{layer}.post_attention_layernorm.weight";

    /// <summary>γ of each query head's norm, [head dim]; Qwen3's.</summary>
    public static string QueryNorm(int layer) => $"model.layers.{layer}.self_attn.q_norm.weight";

    public static string KeyNorm(int layer) => $"model.layers.{layer}.self_attn.k_norm.weight";

    /// <summary>The weight of a linear layer by its short name, such as <c>q_proj</c>.</summary>
    public static string Linear(int layer, string module) => $"{LinearPath(layer, module)}.weight";

    /// <summary>The bias of a linear layer, [out], where <see cref="PolicyConfig.HasBias"/>.</summary>
    public static string Bias(int layer, string module) => $"{LinearPath(layer, module)}.bias";

    /// <summary>[out, in] of a linear layer by its short name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A Llama block has no such layer.</exception>
    public static (int Out, int In) LinearShape(PolicyConfig config, string module) => module switch
    {
        "q_proj" => (config.HeadCount * config.HeadDim, config.HiddenSize),
        "k_proj" or "v_proj" => (config.KeyValueHeadCount * config.HeadDim, config.HiddenSize),
        "o_proj" => (config.HiddenSize, config.HeadCount * config.HeadDim),
        "gate_proj" or "up_proj" => (config.IntermediateSize, config.HiddenSize),
        "down_proj" => (config.HiddenSize, config.IntermediateSize),
        _ => throw new ArgumentOutOfRangeException(nameof(module), module, "A Llama block has no such linear layer."),
    };

    /// <summary>Every tensor the checkpoint must hold, in the order of the network.</summary>
    public static IReadOnlyList<TensorShape> Tensors(PolicyConfig config)
    {
        List<TensorShape> tensors = [new(Embedding, [config.VocabSize, config.HiddenSize])];
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            tensors.Add(new(InputNorm(layer), [config.HiddenSize]));
            AddLinears(["q_proj", "k_proj", "v_proj"]);
            if (config.HasHeadNorms)
            {
                tensors.Add(new(QueryNorm(layer), [config.HeadDim]));
                tensors.Add(new(KeyNorm(layer), [config.HeadDim]));
            }

            AddLinears(["o_proj"]);
            tensors.Add(new(PostAttentionNorm(layer), [config.HiddenSize]));
            AddLinears(["gate_proj", "up_proj", "down_proj"]);

            void AddLinears(ReadOnlySpan<string> modules)
            {
                foreach (string module in modules)
                {
                    (int output, int input) = LinearShape(config, module);
                    tensors.Add(new(Linear(layer, module), [output, input]));
                    if (config.HasBias(module))
                    {
                        tensors.Add(new(Bias(layer, module), [output]));
                    }
                }
            }
        }

        tensors.Add(new(FinalNorm, [config.HiddenSize]));
        if (!config.TieWordEmbeddings)
        {
            tensors.Add(new(Head, [config.VocabSize, config.HiddenSize]));
        }

        return tensors;
    }

    internal static string LinearPath(int layer, string module) =>
        $"model.layers.{layer}.{(module is "gate_proj" or "up_proj" or "down_proj" ? "mlp" : "self_attn")}.{module}";

    /// <summary>The first contradiction between tensors found and the config, or null.</summary>
    internal static string? Fault(PolicyConfig config, IReadOnlyDictionary<string, IReadOnlyList<int>> found)
    {
        IReadOnlyList<TensorShape> expected = Tensors(config);
        foreach (TensorShape tensor in expected)
        {
            if (!found.TryGetValue(tensor.Name, out IReadOnlyList<int>? shape))
            {
                string hint = tensor.Name == Head ? " (tie_word_embeddings is false)" : "";
                return $"tensor {tensor.Name} is missing; the config asks for shape {Shapes.Text(tensor.Shape)}{hint}.";
            }

            if (!shape.SequenceEqual(tensor.Shape))
            {
                return $"tensor {tensor.Name} has shape {Shapes.Text(shape)}; the config asks for {Shapes.Text(tensor.Shape)}.";
            }
        }

        HashSet<string> known = [.. expected.Select(t => t.Name)];
        return found.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !known.Contains(name) && !IsRedundant(name, config)) is { } unknown
            ? $"tensor {unknown} has no place in the network that the config describes."
            : null;
    }

    /// <summary>Old files carry rotary tables, and some tied ones a copy of the embedding; both follow from the rest.</summary>
    private static bool IsRedundant(string name, PolicyConfig config) =>
        name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal) || (config.TieWordEmbeddings && name == Head);
}
