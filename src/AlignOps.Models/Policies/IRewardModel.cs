namespace AlignOps.Models.Policies;

/// <summary>A policy with a scalar head, that rates whole texts. Safe for one caller at a time.</summary>
public interface IRewardModel : IDisposable
{
    PolicyConfig Config { get; }

    /// <summary>The head's value at the last token of each sequence; higher is better, and comparable under one model only.</summary>
    /// <exception cref="ArgumentException">A token id outside the vocabulary, an empty sequence, or one longer than the position limit.</exception>
    float[] Score(IReadOnlyList<int[]> sequences);
}
