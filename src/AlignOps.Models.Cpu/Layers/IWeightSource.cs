namespace AlignOps.Models.Cpu.Layers;

/// <summary>Where a policy's weights come from: a checkpoint, or a seed.</summary>
internal interface IWeightSource
{
    /// <summary>Fills a tensor, row-major.</summary>
    void Read(string tensor, Span<float> destination);
}
