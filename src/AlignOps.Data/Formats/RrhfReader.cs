using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>RRHF's rows: <c>query</c>, <c>responses</c> and as many <c>scores</c>, higher is better (GanjinZero/RRHF, data_generation/make_data.py).</summary>
internal sealed class RrhfReader : IFormatReader
{
    public string Name => "rrhf";

    public string Keys => "query, responses, scores";

    public bool Recognises(RowFields fields) => fields.Has("responses") || (fields.Has("query") && fields.Has("scores"));

    public RowContent Read(RowFields fields)
    {
        var prompt = fields.Conversation("query");
        var responses = fields.Answers("responses");
        var scores = fields.Numbers("scores");
        if (responses.Count != scores.Count)
        {
            fields.Fail(RowReasons.ScoresLength, $"There are {responses.Count} responses and {scores.Count} scores; each response needs one score.");
            return new RowContent(FeedbackKind.Ranking, prompt, []);
        }

        return new RowContent(FeedbackKind.Ranking, prompt, responses.Zip(scores, (text, score) => new Candidate(text, score)).ToArray());
    }
}
