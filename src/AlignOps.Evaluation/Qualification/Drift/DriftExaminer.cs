using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Certificates;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>Asks a judge again about the first of its frozen pairs, in both orders.</summary>
/// <param name="judge">On an occasion of its own: what it said before must not answer.</param>
internal sealed class DriftExaminer(IJudge judge, int concurrency)
{
    /// <param name="pairs">How many; the first ones, whatever was said of them.</param>
    /// <param name="cancellationToken">Ends the asking; games that were not answered by then failed.</param>
    public async Task<DriftReading> AskAsync(IReadOnlyList<FrozenPair> frozen, int pairs, CancellationToken cancellationToken)
    {
        (FrozenPair Pair, bool Swapped)[] games = [.. frozen.Take(pairs).SelectMany(pair => new[] { (pair, false), (pair, true) })];
        var said = new JudgeVerdict[games.Length];
        await Parallel.ForAsync(0, games.Length, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = CancellationToken.None }, async (i, _) =>
        {
            var pair = games[i].Pair.Pair;
            var (first, second) = games[i].Swapped ? (pair.Second, pair.First) : (pair.First, pair.Second);
            try
            {
                said[i] = await judge.CompareAsync(Examiner.Item(pair), first, second, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                said[i] = JudgeVerdict.Unscored("abandoned");
            }
        });

        var failed = said.Select(FailedCalls.Name).OfType<string>().CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        return new DriftReading([.. games.Select(game => game.Swapped ? game.Pair.Behind : game.Pair.Ahead)], [.. said.Select(SaidAgain.Of)], failed);
    }
}
