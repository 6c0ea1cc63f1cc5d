namespace AlignOps.Training.Definitions;

/// <summary><c>training.second_thoughts</c>. What is trained so revises a draft: it is asked with the draft behind its marker at the end of the user's last turn.</summary>
public sealed record SecondThoughtsSection
{
    /// <summary>Stands before the draft in the user's turn.</summary>
    public string DraftMarker { get; init; } = "### Draft:";

    /// <summary>Stands before the edits in the answer.</summary>
    public string EditsMarker { get; init; } = "### Edits:";

    /// <summary>Stands before the revised text in the answer.</summary>
    public string TargetMarker { get; init; } = "### Revised:";
}
