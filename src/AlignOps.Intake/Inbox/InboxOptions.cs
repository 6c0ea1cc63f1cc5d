namespace AlignOps.Intake.Inbox;

/// <summary>A folder whose files become batches. Section <c>Intake:Inbox</c>.</summary>
public sealed record InboxOptions
{
    /// <summary>The folder, with a folder for each pipeline in it; null watches none.</summary>
    public string? Directory { get; init; }

    /// <summary>Time between two looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A file is complete when its size and its time have not changed for this long.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);
}
