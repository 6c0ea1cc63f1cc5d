using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>A decoder's weights (modeling_llama.py and its kin), packed for the kernels.</summary>
internal sealed class DecoderModel
{
    private readonly List<Weight> _trained = [];

    private DecoderModel(PolicyConfig config, IWeightSource source, bool full, AdapterWeights? adapter, WeightForm form = WeightForm.Exact)
    {
        Config = config;
        Rotary = new RotaryTable(RotaryFrequencies.Of(config));
        IReadOnlyDictionary<string, IReadOnlyList<int>> shapes = LlamaLayout.Tensors(config).ToDictionary(t => t.Name, t => t.Shape);
        bool backward = full || adapter is { Trained: true };

        // A frozen matrix lives on in its packed forms alone: all of them pass through one room.
        AlignedBuffer? room = full ? null : new AlignedBuffer(LlamaLayout.Tensors(config).Where(t => t.Name != LlamaLayout.Embedding).Max(t => Weight.Elements(t.Shape)));

        Embedding = Read(LlamaLayout.Embedding);
        Layers = [.. Enumerable.Range(0, config.LayerCount).Select(Layer)];
        FinalNorm = Read(LlamaLayout.FinalNorm);
        Dropout = adapter is { Trained: true } ? adapter.Config.Dropout : 0;
        RewardHead = adapter?.RewardHead;
        if (RewardHead is { Gradient: not null })
        {
            _trained.Add(RewardHead);
        }

        Head = new ProjectionGroup(new LinearLayer(config.TieWordEmbeddings ? Embedding : Read(LlamaLayout.Head, room), bias: null, backward, form));

        Weight Read(string name, AlignedBuffer? room = null)
        {
            var weight = new Weight(name, shapes[name], full, room);
            source.Read(name, weight.Value.Span);
            if (full)
            {
                _trained.Add(weight);
            }

            return weight;
        }

        DecoderLayer Layer(int layer)
        {
            Weight inputNorm = Read(LlamaLayout.InputNorm(layer));
            ProjectionGroup attention = Group(layer, "q_proj", "k_proj", "v_proj");
            Weight? queryNorm = config.HasHeadNorms ? Read(LlamaLayout.QueryNorm(layer)) : null;
            Weight? keyNorm = config.HasHeadNorms ? Read(LlamaLayout.KeyNorm(layer)) : null;
            return new DecoderLayer(
                inputNorm, attention, Group(layer, "o_proj"), Read(LlamaLayout.PostAttentionNorm(layer)), Group(layer, "gate_proj", "up_proj"), Group(layer, "down_proj"),
                queryNorm, keyNorm, config.Window(layer));
        }

        ProjectionGroup Group(int layer, params string[] modules)
        {
            int end = 0;
            return new ProjectionGroup([.. modules.Select(Linear)]);

            LinearLayer Linear(string module)
            {
                Weight weight = Read(LlamaLayout.Linear(layer, module), room);
                Weight? bias = config.HasBias(module) ? Read(LlamaLayout.Bias(layer, module)) : null;
                if (adapter is not { Trained: true } || !adapter.Config.Covers(layer, module))
                {
                    adapter?.Merge(layer, module, weight);
                    return new LinearLayer(weight, bias, backward, form);
                }

                LoraPair pair = adapter.Pair(layer, module, ProjectionGroup.NextSlot(end, adapter.Config.RankOf(layer, module)));
                end = pair.Slot + pair.Rank;
                _trained.AddRange([pair.A, pair.B]);
                return new LinearLayer(weight, bias, backward) { Lora = pair };
            }
        }
    }

    public PolicyConfig Config { get; }

    public RotaryTable Rotary { get; }

    public Weight Embedding { get; }

    public IReadOnlyList<DecoderLayer> Layers { get; }

    public Weight FinalNorm { get; }

    /// <summary>Chance of the dropout before adapters in training.</summary>
    public double Dropout { get; }

    /// <summary>[1, hidden]: the value of a row after the final norm, where the adapter has a head.</summary>
    public Weight? RewardHead { get; }

    /// <summary>One member, on the embedding where they are tied.</summary>
    public ProjectionGroup Head { get; }

    /// <summary>The tensors that training changes, in the order of the network; none for inference.</summary>
    public IReadOnlyList<Weight> Trained => _trained;

    public IEnumerable<ProjectionGroup> Groups => Layers.SelectMany(layer => layer.Groups).Append(Head);

    /// <summary>For scoring and generation; an adapter is merged into the weights.</summary>
    public static DecoderModel ForInference(PolicyConfig config, IWeightSource source, AdapterWeights? adapter, WeightForm form = WeightForm.Exact) =>
        new(config, source, full: false, adapter, form);

    public static DecoderModel ForFullTraining(PolicyConfig config, IWeightSource source) => new(config, source, full: true, adapter: null);

    /// <summary>The base is frozen: it has no gradients.</summary>
    public static DecoderModel ForAdapterTraining(PolicyConfig config, IWeightSource source, AdapterWeights adapter) => new(config, source, full: false, adapter);
}
