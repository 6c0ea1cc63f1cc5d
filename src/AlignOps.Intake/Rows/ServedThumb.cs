namespace AlignOps.Intake.Rows;

/// <summary>A row of <c>serving_v_thumbs</c>.</summary>
internal sealed record ServedThumb
{
    public string FeedbackId { get; init; } = "";

    public string Pipeline { get; init; } = "";

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public string Label { get; init; } = "";

    /// <summary>What was said beside the thumb.</summary>
    public string? Text { get; init; }

    /// <summary>The conversation's messages as JSON.</summary>
    public string Request { get; init; } = "";

    public string Answer { get; init; } = "";
}
