using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>Rates an answer turn by turn, each turn as if it were the last, in the light of those before; the score is the turns' mean, as MT-Bench has it. One turn without a rating leaves none.</summary>
internal sealed class ScoredTurnsProtocol(SingleProtocol turn, double tieWithin) : ScoringProtocol(tieWithin)
{
    public override object Identity => new { protocol = "rated turns 1, mean", turn = turn.Identity };

    public override (double Lowest, double Highest) Scale => turn.Scale;

    public override async Task<AnswerScore> ScoreAsync(Interview interview, SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken)
    {
        if (item.TurnCount == 1) return AnswerScore.Unscored(UnscoredReasons.OneTurn);
        List<AnswerScore> turns = [];
        for (var number = 1; number <= item.TurnCount; number++) turns.Add(await turn.ScoreAsync(interview, item.After(number), answer.After(number), cancellationToken));

        var missing = turns.FirstOrDefault(one => one.Value is null);
        return new AnswerScore(missing is null ? turns.Average(one => one.Value!.Value) : null, missing?.UnscoredReason)
        {
            Parts = [.. turns.Select((one, i) => new ScorePart(TurnsProtocol.Name(i), one.Value))],
            Calls = [.. turns.SelectMany((one, i) => one.Calls.Select(call => call with { About = $"{TurnsProtocol.Name(i)}: {call.About}" }))],
        };
    }
}
