using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Certificates;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>Asks a judge again about the first of its frozen pairs, in both orders.</summary>
/// <param name="judge">On an occasion of its own: what it said before must not answer.</param>
internal sealed class DriftExaminer(IJudge judge, int concurrency)
{
    /// <summary>Fewer games show nothing.</summary>
    private const int FewestGames = 10;

    /// <summary>An endpoint that answers less than this part of the games was not heard.</summary>
    private const double LeastAnswered = 0.5;

    /// <param name="pairs">How many; the first ones, whatever was said of them.</param>
    public async Task<DriftReading> AskAsync(IReadOnlyList<FrozenPair> frozen, int pairs, CancellationToken cancellationToken)
    {
        (FrozenPair Pair, bool Swapped)[] games = [.. frozen.Take(pairs).SelectMany(pair => new[] { (pair, false), (pair, true) })];
        var said = new JudgeVerdict[games.Length];
        await Parallel.ForAsync(0, games.Length, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = CancellationToken.None }, async (i, _) =>
        {
            var (first, second) = (games[i].Pair.Pair.First, games[i].Pair.Pair.Second);
            try
            {
                said[i] = await (games[i].Swapped
                    ? judge.CompareAsync(Examiner.Item(games[i].Pair.Pair), second, first, cancellationToken)
                    : judge.CompareAsync(Examiner.Item(games[i].Pair.Pair), first, second, cancellationToken));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                said[i] = JudgeVerdict.Unscored("abandoned");
            }
        });

        List<AskedAgain> answered =
        [
            .. games.Zip(said, (game, verdict) => (Examined: game.Swapped ? game.Pair.Behind : game.Pair.Ahead, Verdict: verdict))
                .Where(one => one.Examined.Count > 0 && !FailedCalls.Is(one.Verdict))
                .Select(one => new AskedAgain(one.Examined, one.Verdict.Preferred)),
        ];
        var failed = said.Select(FailedCalls.Name).OfType<string>().CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        var heard = answered.Count >= FewestGames && answered.Count >= LeastAnswered * games.Length;
        return new DriftReading(heard ? DriftTest.Of(answered) : null, games.Length, failed);
    }
}
