using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// UltraFeedback's rows: an <c>instruction</c> and <c>completions</c> of several models, each rated by aspect in <c>annotations</c>, where a rating is
/// a text such as "4" or "N/A" (OpenBMB/UltraFeedback). An answer's score is its <c>fine-grained_score</c>, else the mean of its ratings, else its
/// <c>overall_score</c>, which comes last because many of its tens are misread ones. Answers without any rating are left out.
/// </summary>
internal sealed class UltraFeedbackReader : IFormatReader
{
    public const string OverallScore = "overall_score";

    public const string FineGrainedScore = "fine-grained_score";

    public string Name => "ultrafeedback";

    public string Keys => "instruction, completions with annotations";

    public bool Recognises(RowFields fields) => fields.Has("instruction") && fields.IsList("completions");

    public RowContent Read(RowFields fields)
    {
        var completions = fields.Objects("completions", RowReasons.NoAnswer, Completion);
        return new RowContent(FeedbackKind.Ranking, [new ChatMessage("user", fields.Text("instruction", RowReasons.EmptyPrompt))], [.. completions.Where(c => c?.Score is not null)]);
    }

    private static Candidate Completion(RowFields fields)
    {
        var ratings = fields.IsObject("annotations") ? Ratings(fields.Object("annotations")!) : [];
        double? mean = ratings.Count > 0 ? ratings.Values.Average() : null;
        var (overall, fineGrained) = (fields.RatedNumber(OverallScore), fields.RatedNumber(FineGrainedScore));
        if (overall is { } given)
        {
            ratings[OverallScore] = given;
        }

        if (fineGrained is { } fine)
        {
            ratings[FineGrainedScore] = fine;
        }

        return new Candidate(
            fields.Answer("response"),
            fineGrained ?? mean ?? overall,
            Critique: fields.OptionalText("critique") is { Length: > 0 } critique ? critique : null,
            Source: fields.OptionalText("model"),
            Aspects: ratings.Count > 0 ? ratings : null);
    }

    private static SortedDictionary<string, double> Ratings(RowFields annotations)
    {
        var ratings = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var aspect in annotations.Names().Where(annotations.IsObject))
        {
            if (annotations.Object(aspect)!.RatedNumber("Rating") is { } rating)
            {
                ratings[aspect] = rating;
            }
        }

        return ratings;
    }
}
