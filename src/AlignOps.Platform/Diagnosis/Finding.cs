namespace AlignOps.Platform.Diagnosis;

/// <summary>What an examination found.</summary>
/// <param name="Subject">Such as <c>database</c> or <c>queue training</c>.</param>
/// <param name="Sentence">What is so, without secrets.</param>
/// <param name="Remedy">What to do; null when all is well.</param>
public sealed record Finding(string Subject, string Sentence, string? Remedy = null)
{
    public bool Well => Remedy is null;
}
