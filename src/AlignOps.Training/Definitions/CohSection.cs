namespace AlignOps.Training.Definitions;

/// <summary><c>training.coh</c>. What is trained so is asked with the positive marker at the end of the user's last turn.</summary>
public sealed record CohSection
{
    public const string Good = "p";

    /// <summary>Stands at the end of the user's turn before a good answer, and must stand there when the model is asked; empty: good answers need no asking.</summary>
    public string PositiveMarker { get; init; } = "A helpful answer:";

    /// <summary>Stands at the end of the user's turn before a bad answer.</summary>
    public string NegativeMarker { get; init; } = "An unhelpful answer:";

    /// <summary>The sequences made of a row: <c>p</c> the good answer, <c>n</c> the bad one, <c>pn</c> and <c>np</c> both in that order.</summary>
    public IReadOnlyList<string> Forms { get; init; } = [Good, "n", "pn", "np"];
}
