using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// HelpSteer's rows: a <c>prompt</c>, a <c>response</c> and five ratings from 0 to 4 (nvidia/HelpSteer, nvidia/HelpSteer2). The score is
/// <c>helpfulness</c>; the other ratings are kept beside it, as more complexity or verbosity is a style and not better.
/// </summary>
internal sealed class HelpSteerReader : IFormatReader
{
    private static readonly string[] Required = ["helpfulness", "correctness", "coherence"];

    private static readonly string[] Aspects = [.. Required, "complexity", "verbosity"];

    public string Name => "helpsteer";

    public string Keys => "prompt, response, helpfulness, correctness, coherence";

    public bool Recognises(RowFields fields) => fields.Has("response") && Required.All(fields.IsNumber);

    public RowContent Read(RowFields fields)
    {
        var ratings = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var aspect in Aspects)
        {
            if (fields.OptionalNumber(aspect) is { } rating)
            {
                ratings[aspect] = rating;
            }
        }

        if (Required.FirstOrDefault(aspect => !ratings.ContainsKey(aspect)) is { } missing)
        {
            fields.Fail(RowReasons.MissingField, $"{missing} is missing.");
        }

        var candidate = new Candidate(fields.Answer("response"), ratings.GetValueOrDefault("helpfulness"), Aspects: ratings);
        return new RowContent(FeedbackKind.Rating, fields.Conversation("prompt"), [candidate]);
    }
}
