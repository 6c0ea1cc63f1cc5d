using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Forecasts;

/// <summary>Floats of a policy's weights in the forms that <see cref="LinearLayer"/> keeps.</summary>
internal static class WeightShape
{
    /// <summary>Elements of every tensor.</summary>
    public static long Elements(PolicyConfig policy) => LlamaLayout.Tensors(policy).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));

    /// <param name="backward">Whether gradients pass through the weights.</param>
    /// <param name="trained">Whether the weights themselves are trained, and so stay beside their packed forms.</param>
    public static long Held(PolicyConfig policy, bool backward, bool trained)
    {
        long packed = Packed(policy.HiddenSize, policy.VocabSize), linear = 0;
        for (int layer = 0; layer < policy.LayerCount; layer++)
        {
            foreach (string module in LoraConfig.AllLinear)
            {
                (int outputs, int inputs) = LlamaLayout.LinearShape(policy, module);
                linear += (long)outputs * inputs;
                packed += Packed(inputs, outputs);
            }
        }

        long head = policy.TieWordEmbeddings ? 0 : (long)policy.VocabSize * policy.HiddenSize;
        return Elements(policy) + packed - (trained ? 0 : linear + head);

        long Packed(int inputs, int outputs) => ((long)inputs * Matrix.Padded(outputs)) + (backward ? (long)outputs * Matrix.Padded(inputs) : 0);
    }
}
