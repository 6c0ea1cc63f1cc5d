using System.Globalization;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>Compares two answers turn by turn, each turn as if it were the last, in the light of those before; the share is the turns' mean. One turn without a verdict leaves none.</summary>
internal sealed class TurnsProtocol(PairwiseProtocol turn) : IProtocol
{
    public object Identity => new { protocol = "turns 1, mean", turn = turn.Identity };

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        if (item.TurnCount == 1) return JudgeVerdict.Unscored(UnscoredReasons.OneTurn);
        List<JudgeVerdict> turns = [];
        for (var number = 1; number <= item.TurnCount; number++)
        {
            turns.Add(await turn.CompareAsync(interview, item.After(number), first.After(number), second.After(number), cancellationToken));
        }

        var verdict = turns.FirstOrDefault(one => one.Share is null) is { } missing ? JudgeVerdict.Unscored(missing.UnscoredReason!) : JudgeVerdict.Of(turns.Average(one => one.Share!.Value));
        return verdict with
        {
            Parts = [.. turns.Select((one, i) => new VerdictPart(Name(i), one.Share, Unscored: one.UnscoredReason))],
            Calls = [.. turns.SelectMany((one, i) => one.Calls.Select(call => call with { About = $"{Name(i)}: {call.About}" }))],
        };
    }

    internal static string Name(int turn) => string.Create(CultureInfo.InvariantCulture, $"turn {turn + 1}");
}
