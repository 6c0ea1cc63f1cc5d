using System.Globalization;
using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>A rating of one answer, a whole number from 1 to 10.</summary>
internal sealed class SingleProtocol(string rubric, bool reference, double tieWithin) : ScoringProtocol(tieWithin)
{
    private const int Lowest = 1, Highest = 10;

    internal const string System = $"""
        You rate an answer to a conversation by the rubric of the user's message, from 1 (useless) to 10 (could not be better).

        {CasePaper.Notice}

        Where the answer has several turns, rate what it answers last, in the light of what was said before.
        Rate the answer alone; longer is not better.
        Give your reasons in a few sentences. Then write the rating alone on the last line, a whole number in double square brackets, such as: Rating: [[5]]
        Write double square brackets there and nowhere else, and quote none.
        """;

    private const string After = "How good is the answer by the rubric? Reasons first, then the rating alone on the last line.";

    public override object Identity => new { protocol = "single 1", System, After, rubric, reference = reference ? CasePaper.ReferenceNotice : null, tieWithin = TieWithin, parser = BracketReader.Version };

    public override (double Lowest, double Highest) Scale => (Lowest, Highest);

    public override async Task<AnswerScore> ScoreAsync(Interview interview, SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken)
    {
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return AnswerScore.Unscored(UnscoredReasons.ReferenceMissing);

        var paper = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER", answer);
        var (found, call) = await interview.AskAsync("rating", paper.Turns(System, CasePaper.Before(rubric, reference), After), Rating, cancellationToken);
        return new AnswerScore(found.Unscored is null ? found.Value : null, found.Unscored) { Calls = [call] };
    }

    internal static Found<double> Rating(string text) => BracketReader.Read(text, rating => Offered(rating) is not null, "Rating:").As(rating => Offered(rating)!.Value);

    private static double? Offered(string rating) => int.TryParse(rating, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= Lowest and <= Highest && rating[0] != '0' ? number : null;
}
