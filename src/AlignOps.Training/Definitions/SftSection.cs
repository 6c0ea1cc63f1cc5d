namespace AlignOps.Training.Definitions;

/// <summary><c>training.sft</c>; also read by method dft.</summary>
public sealed record SftSection
{
    public const string Last = "last";
    public const string All = "all";

    /// <summary>Answers that score lower are not imitated; silent: the best of each row, whatever it scores.</summary>
    public double? MinScore { get; init; }

    /// <summary>Which of the assistant's turns are learned: <c>last</c>, the answer, or <c>all</c>, those inside the prompt too.</summary>
    public string Turns { get; init; } = Last;
}
