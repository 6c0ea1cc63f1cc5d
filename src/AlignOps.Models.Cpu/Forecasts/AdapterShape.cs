using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Forecasts;

/// <summary>What an adapter adds to a policy: floats of its tensors, of their packed forms, and columns of its shared products.</summary>
/// <param name="Trained">Elements of A, B and the reward head.</param>
/// <param name="Packed">Floats that <see cref="LoraPair"/> and <see cref="ProjectionGroup"/> keep of them.</param>
/// <param name="SharedColumns">Padded columns of all groups' shared products together.</param>
internal readonly record struct AdapterShape(long Trained, long Packed, long SharedColumns)
{
    private static readonly string[][] Groups = [["q_proj", "k_proj", "v_proj"], ["o_proj"], ["gate_proj", "up_proj"], ["down_proj"]];

    public static AdapterShape Of(PolicyConfig policy, LoraConfig lora)
    {
        long trained = AdapterLayout.Tensors(policy, lora).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size)), packed = 0, columns = 0;
        for (int layer = 0; layer < policy.LayerCount; layer++)
        {
            foreach (string[] group in Groups)
            {
                int end = 0;
                foreach (string module in group.Where(module => lora.Covers(layer, module)))
                {
                    int rank = lora.RankOf(layer, module), outputs = LlamaLayout.LinearShape(policy, module).Out, slot = ProjectionGroup.NextSlot(end, rank);
                    packed += ((long)rank * Matrix.Padded(outputs)) + ((long)outputs * PackedMatrix.Columns((slot % PackedMatrix.Strip) + rank, narrow: true));
                    end = slot + rank;
                }

                if (end > 0)
                {
                    int inputs = LlamaLayout.LinearShape(policy, group[0]).In;
                    packed += ((long)inputs * PackedMatrix.Columns(end, narrow: true)) + ((long)end * Matrix.Padded(inputs));
                    columns += Matrix.Padded(end);
                }
            }
        }

        return new AdapterShape(trained, packed, columns);
    }
}
