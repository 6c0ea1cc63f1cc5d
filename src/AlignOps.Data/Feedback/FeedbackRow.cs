namespace AlignOps.Data.Feedback;

/// <summary>
/// One piece of feedback in the envelope that every format is read into and every method is projected from.
/// Lossless for what methods use: messages, candidates with score, rank, label and critique, provenance.
/// </summary>
/// <param name="Kind">What shape of judgement the row carries.</param>
/// <param name="Prompt">The conversation up to the answer; never empty, last turn is the user's.</param>
/// <param name="Candidates">
/// The answers that were judged or demonstrated, in the order given; at least one, and none for a task. A preference holds the preferred answer first,
/// with scores 1 and 0, whatever format it came in.
/// </param>
public sealed record FeedbackRow(
    FeedbackKind Kind,
    IReadOnlyList<ChatMessage> Prompt,
    IReadOnlyList<Candidate> Candidates,
    Provenance Provenance)
{
    // A copy made by `with` may have other content, so it must not take over the computed id.
    private FeedbackRow(FeedbackRow original)
    {
        Kind = original.Kind;
        Prompt = original.Prompt;
        Candidates = original.Candidates;
        Provenance = original.Provenance;
    }

    /// <summary>SHA-256 of the canonical content without provenance, lower-case hex: equal rows have equal ids wherever they came from.</summary>
    public string Id => field ??= FeedbackRowHash.Compute(this);
}
