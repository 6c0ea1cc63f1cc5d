using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// The envelope itself: <c>kind</c>, <c>prompt</c> and <c>candidates</c>, as dataset versions are stored. A pushed provenance is not
/// believed: the batch, the line and the caller are the row's.
/// </summary>
internal sealed class EnvelopeReader : IFormatReader
{
    public string Name => "envelope";

    public string Keys => "kind, prompt, candidates";

    public IReadOnlyList<string> Refines => ["rrhf", "trl-preference", "critique", "thumbs", "messages", "alpaca"];

    public bool Recognises(RowFields fields) => fields.Has("kind") && fields.Has("candidates");

    public RowContent Read(RowFields fields)
    {
        var name = fields.Text("kind");
        var prompt = fields.Conversation("prompt");
        var candidates = fields.Objects("candidates", RowReasons.NoAnswer, ReadCandidate);
        if (FeedbackKinds.Find(name) is not { } kind)
        {
            fields.Fail(RowReasons.UnknownKind, $"The kind must be one of {string.Join(", ", FeedbackKinds.Names)}.");
            return new RowContent(default, prompt, []);
        }

        return new RowContent(kind, prompt, kind == FeedbackKind.Preference && fields.Fault is null ? PreferredFirst(candidates) : candidates);
    }

    private static Candidate ReadCandidate(RowFields fields) => new(
        fields.Answer("text"),
        fields.OptionalNumber("score"),
        fields.OptionalFlag("label"),
        fields.OptionalText("critique"),
        fields.OptionalText("source"),
        fields.OptionalNumbers("aspects"),
        SpanFields.Read(fields));

    // A preference says which and not by how much, so the same judgement has one form and one id.
    private static IReadOnlyList<Candidate> PreferredFirst(IReadOnlyList<Candidate> candidates) =>
        candidates is [{ Score: { } first }, { Score: { } second }] && first != second
            ? first > second
                ? [candidates[0] with { Score = 1 }, candidates[1] with { Score = 0 }]
                : [candidates[1] with { Score = 1 }, candidates[0] with { Score = 0 }]
            : candidates;
}
