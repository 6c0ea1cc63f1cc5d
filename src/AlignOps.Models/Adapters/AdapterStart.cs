using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Adapters;

/// <summary>The adapter that a training begins with: a new one, or one to continue. The same in every engine.</summary>
public static class AdapterStart
{
    /// <param name="adapterDirectory">The adapter to continue; null for a new one.</param>
    /// <returns>The adapter, its base named by <see cref="Checkpoint.Digest"/>.</returns>
    /// <exception cref="ArgumentException">A configuration that <see cref="LoraFaults"/> finds fault with.</exception>
    /// <exception cref="ModelFormatException">
    /// The files do not hold together, a rank is above its layer's, a target or pattern names nothing,
    /// or the adapter has another rank, scaling or targets than <paramref name="lora"/>.
    /// </exception>
    public static Adapter Begin(string checkpointDirectory, PolicyConfig policy, string? adapterDirectory, LoraConfig lora, long seed)
    {
        if (LoraFaults.Of(lora).FirstOrDefault() is { } fault)
        {
            throw new ArgumentException($"LoRA {fault.Key} {fault.Sentence}", nameof(lora));
        }

        if (adapterDirectory is null && LoraFit.Fault(policy, lora) is var (reason, sentence))
        {
            throw new ModelFormatException($"{checkpointDirectory}: {sentence}") { Reason = reason };
        }

        string digest = Checkpoint.Digest(checkpointDirectory);
        return adapterDirectory is null
            ? new Adapter(lora, digest, New(policy, lora, seed))
            : Continue(AdapterDirectory.Read(adapterDirectory, policy, digest), policy, lora, adapterDirectory) with { BaseModelName = digest };
    }

    /// <summary>An adapter that is to rate texts has a head to do it with.</summary>
    /// <exception cref="ModelFormatException">It has none.</exception>
    public static void CheckRewardHead(string adapterDirectory)
    {
        if (!AdapterDirectory.ReadConfig(adapterDirectory).Config.RewardHead)
        {
            throw new ModelFormatException($"{adapterDirectory}: the adapter has no reward head (modules_to_save of adapter_config.json names no score).");
        }
    }

    /// <summary>PEFT's beginning: A ~ U(−1/√in, 1/√in), B = 0; a reward head N(0, 0.02²), as transformers draws it. Each tensor has its own stream, by its place.</summary>
    private static NamedTensor[] New(PolicyConfig policy, LoraConfig lora, long seed)
    {
        return [.. AdapterLayout.Tensors(policy, lora).Index().Select(tensor => Tensor(tensor.Index, tensor.Item))];

        NamedTensor Tensor(int index, TensorShape shape)
        {
            (int rows, int columns) = (shape.Shape[0], shape.Shape[1]);
            var values = new float[rows * columns];
            var random = new RandomStream(RandomStream.Derive(seed, index));
            if (shape.Name.EndsWith(".lora_A.weight", StringComparison.Ordinal))
            {
                double bound = 1 / Math.Sqrt(columns);
                foreach (ref float value in values.AsSpan())
                {
                    value = (float)(bound * ((2 * random.NextDouble()) - 1));
                }
            }
            else if (shape.Name == AdapterLayout.RewardHead)
            {
                foreach (ref float value in values.AsSpan())
                {
                    value = (float)(0.02 * random.NextNormal());
                }
            }

            return new NamedTensor(shape.Name, shape.Shape, values);
        }
    }

    /// <summary>Dropout may change from one training to the next; what the tensors mean may not.</summary>
    private static Adapter Continue(Adapter adapter, PolicyConfig policy, LoraConfig lora, string directory) => LoraFit.Same(policy, adapter.Config, lora)
        ? adapter with { Config = lora }
        : throw new ModelFormatException($"{directory}: the adapter has {LoraFit.Describe(adapter.Config)}; to continue it asks for {LoraFit.Describe(lora)}.")
        {
            Reason = AdapterReasons.LoraMismatch,
        };
}
