namespace AlignOps.Evaluation.People.Queue;

/// <summary>A row of <c>evaluation_label_answer</c>: one person's share in an item. Times are Unix milliseconds.</summary>
internal sealed class LabelAnswer
{
    public string ItemId { get; init; } = "";
    public string Person { get; init; } = "";

    /// <summary><c>claimed</c>, <c>answered</c>, <c>skipped</c> or <c>expired</c>.</summary>
    public string State { get; init; } = "";
    public long CandidateFirst { get; init; }
    public long ClaimedAt { get; init; }
    public long UntilAt { get; init; }
    public long? EndedAt { get; init; }
    public string? Choice { get; init; }
    public string? FirstLevel { get; init; }
    public string? SecondLevel { get; init; }

    /// <summary><c>person</c>, or <c>import</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Null where the person has not answered.</summary>
    public PersonLabel? Label => LabelNames.Choice(Choice) is { } choice ? new PersonLabel(choice, LabelNames.Level(FirstLevel), LabelNames.Level(SecondLevel)) : null;

    public double? Outcome => Label?.Outcome(CandidateFirst != 0);
}
