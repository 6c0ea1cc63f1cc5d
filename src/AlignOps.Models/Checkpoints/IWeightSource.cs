namespace AlignOps.Models.Checkpoints;

/// <summary>Where a policy's weights come from: a checkpoint, or a seed.</summary>
public interface IWeightSource
{
    /// <summary>Fills a tensor with fp32, row-major; the destination has the product of its shape.</summary>
    void Read(string tensor, Span<float> destination);
}
