using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// Language feedback, which has no single standard: an answer (<c>response</c> or <c>output</c>) to a prompt (<c>prompt</c>, or
/// <c>instruction</c> with <c>input</c>) and what was said of it (<c>critique</c> or <c>feedback</c>), with a
/// <c>score</c> and <c>spans</c> where they were given. A <c>refinement</c> (or <c>revision</c>) makes it a ranking in which the revised answer stands
/// above the answer it revises, as SelFee's rows are read; the score, which is the first answer's alone, is then its aspect.
/// </summary>
internal sealed class CritiqueReader : IFormatReader
{
    private static readonly string[] CritiqueKeys = ["critique", "feedback"];
    private static readonly string[] RevisionKeys = ["refinement", "revision"];

    public string Name => "critique";

    public string Keys => "prompt, response, critique";

    public IReadOnlyList<string> Refines => ["alpaca", "question-answer"];

    public bool Recognises(RowFields fields) => CritiqueKeys.Any(fields.HasValue) && (fields.Has("response") || fields.Has("output"));

    public RowContent Read(RowFields fields)
    {
        var prompt = fields.Has("prompt") ? fields.Conversation("prompt") : AlpacaReader.Instruction(fields);
        var answer = fields.Answer(fields.Has("response") ? "response" : "output");
        var critique = fields.Text(CritiqueKeys.FirstOrDefault(fields.HasValue, CritiqueKeys[0]), RowReasons.NoCritique);
        double? score = fields.OptionalNumber("score");
        var spans = SpanFields.Read(fields);
        if (RevisionKeys.FirstOrDefault(fields.HasValue) is not { } revision)
        {
            return new RowContent(FeedbackKind.Critique, prompt, [new Candidate(answer, score, Critique: critique, Spans: spans)]);
        }

        var aspects = score is { } given ? new Dictionary<string, double> { ["score"] = given } : null;
        return new RowContent(
            FeedbackKind.Ranking, prompt, [new Candidate(answer, 0, Critique: critique, Aspects: aspects, Spans: spans), new Candidate(fields.Answer(revision), 1)]);
    }
}
