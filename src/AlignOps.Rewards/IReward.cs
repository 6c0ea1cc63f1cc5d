namespace AlignOps.Rewards;

/// <summary>Rates answers by a number: a reward model, or a verifier. Equal answers get equal numbers, whatever else is asked with them.</summary>
public interface IReward : IDisposable
{
    /// <summary>What people know it by.</summary>
    string Name { get; }

    /// <summary>Content name of everything that the numbers depend on.</summary>
    string Digest { get; }

    /// <summary>A number an answer, higher is better and comparable under this one only; null where an answer cannot be rated.</summary>
    IReadOnlyList<double?> Rate(IReadOnlyList<RatedAnswer> answers);
}
