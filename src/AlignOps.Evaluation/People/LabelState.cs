namespace AlignOps.Evaluation.People;

/// <summary>The states of a round, of an item of the queue, and of one person's share in it.</summary>
internal static class LabelState
{
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>Somebody more may take it.</summary>
    public const string Waiting = "waiting";

    /// <summary>Taken by all the people that it needs, some of whom have not answered.</summary>
    public const string Claimed = "claimed";

    public const string Answered = "answered";

    /// <summary>Two people, or all that it needs, would not say.</summary>
    public const string Skipped = "skipped";

    /// <summary>Nobody answered in time.</summary>
    public const string Expired = "expired";

    public static readonly IReadOnlyList<string> OfItems = [Waiting, Claimed, Answered, Skipped, Expired];
}
