using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu;

/// <summary>A policy with its adapter merged and the adapter's scalar head.</summary>
internal sealed class CpuRewardModel(DecoderModel model, Machine machine) : CpuPolicy(model, machine), IRewardModel
{
    public float[] Score(IReadOnlyList<int[]> sequences) => Values([.. sequences.Select(TokenSequence.ForValue)]);
}
