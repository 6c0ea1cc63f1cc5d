namespace AlignOps.Training.Definitions;

/// <summary><c>training.selfee</c>. What is trained so answers, comments and revises in one text; the answer is what stands behind its last revision marker.</summary>
public sealed record SelfeeSection
{
    /// <summary>Stands before what is said of an answer.</summary>
    public string FeedbackMarker { get; init; } = "### Feedback:";

    /// <summary>Stands before a revised answer.</summary>
    public string RevisionMarker { get; init; } = "### Revision:";
}
