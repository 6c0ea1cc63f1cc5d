using System.Globalization;
using System.Text.Json;
using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>FLASK: 1 to 5 points on each skill that a question takes, "N/A" where the judge finds that it takes it not; the score is the mean of the points, and what does not apply counts nowhere.</summary>
/// <param name="names">Rated where an item does not name its own.</param>
internal sealed class SkillsProtocol(IReadOnlyList<string> names, bool reference, double tieWithin) : ScoringProtocol(tieWithin)
{
    private const int Lowest = 1, Highest = 5;
    private const string NotApplicable = "N/A";

    private readonly IReadOnlyList<string> _names = names.Count == 0 ? [.. SkillCatalogue.All.Keys] : [.. names.Select(SkillCatalogue.Spelled)];

    internal const string System = $$"""
        You rate an answer to a conversation on the skills that the user's message lists, each from 1 (fails it) to 5 (shows it fully).

        {{CasePaper.Notice}}

        Where the answer has several turns, rate what it answers last, in the light of what was said before.
        Rate every skill by itself; longer is not better. Where the question gives no occasion for a skill, write "N/A" instead of points.
        Give your reasons in a sentence a skill. Then end with one JSON object that has every skill as a key and its points as the value, such as {"factuality": 4, "readability": "N/A"}.
        Write no other JSON object.
        """;

    private const string After = "How well does the answer show each skill? Reasons first, then the JSON object.";

    public override object Identity => new { protocol = "skills 1", System, After, skills = SkillCatalogue.All, names = _names, reference = reference ? CasePaper.ReferenceNotice : null, tieWithin = TieWithin, parser = ObjectReader.Version };

    public override (double Lowest, double Highest) Scale => (Lowest, Highest);

    public override async Task<AnswerScore> ScoreAsync(Interview interview, SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken)
    {
        var skills = SkillCatalogue.Of(item) ?? _names;
        if (!skills.All(SkillCatalogue.All.ContainsKey)) return AnswerScore.Unscored(UnscoredReasons.SkillUnknown);
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return AnswerScore.Unscored(UnscoredReasons.ReferenceMissing);

        var paper = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER", answer);
        var before = $"Skills:\n{string.Join('\n', skills.Select(skill => $"- {skill}: {SkillCatalogue.All[skill]}"))}{(reference ? "\n\n" + CasePaper.ReferenceNotice : "")}";
        var (found, call) = await interview.AskAsync("skills", paper.Turns(System, before, After), text => ObjectReader.Read(text, skills, Points), cancellationToken);
        if (found.Value is not { } points) return AnswerScore.Unscored(found.Unscored!) with { Calls = [call] };

        ScorePart[] parts = [.. skills.Select(skill => new ScorePart(skill, points[skill] == NotApplicable ? null : double.Parse(points[skill], CultureInfo.InvariantCulture)))];
        var score = parts.Average(part => part.Value);
        return new AnswerScore(score, score is null ? UnscoredReasons.NotApplicable : null) { Parts = parts, Calls = [call] };
    }

    private static string? Points(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt32(out var points) && points is >= Lowest and <= Highest => points.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String when value.GetString() == NotApplicable => NotApplicable,
        _ => null,
    };
}
