using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Cpu.Layers;

internal sealed class CheckpointWeights(ICheckpoint checkpoint) : IWeightSource
{
    public void Read(string tensor, Span<float> destination) => checkpoint.Read(tensor, destination);
}
