namespace AlignOps.Synthesis.Sampling;

/// <summary>What became of the sampled answers.</summary>
internal sealed record SamplingTally
{
    public static readonly SamplingTally Nothing = new();

    /// <summary>Prompts answered.</summary>
    public int Prompts { get; init; }

    /// <summary>Prompts that leave the policy no room to answer.</summary>
    public int TooLong { get; init; }

    /// <summary>Answers sampled.</summary>
    public int Samples { get; init; }

    /// <summary>Answers without an end, dropped: learned from, they would teach to stop in the middle.</summary>
    public int Cut { get; init; }

    /// <summary>Answers that the verifier could not judge, dropped.</summary>
    public int Unscored { get; init; }

    /// <summary>Answers equal to another of the same prompt.</summary>
    public int Repeated { get; init; }

    /// <summary>Prompts whose answers all score alike: nothing to rank.</summary>
    public int Level { get; init; }

    public override string ToString() =>
        $"{Samples} answers to {Prompts} prompts; {TooLong} prompts too long, {Cut} answers cut, {Unscored} unscored, {Repeated} repeated, {Level} prompts without an order";
}
