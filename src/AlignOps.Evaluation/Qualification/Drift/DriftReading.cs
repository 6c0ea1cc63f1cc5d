using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>What came of asking a judge again about its frozen pairs.</summary>
/// <param name="Examined">A game's verdicts in the examination, for every game: the frozen pairs in their order, each in both orders.</param>
/// <param name="Said">The same games now.</param>
/// <param name="Failed">Calls that failed, by outcome.</param>
internal sealed record DriftReading(IReadOnlyList<IReadOnlyList<Preference?>> Examined, IReadOnlyList<SaidAgain> Said, IReadOnlyDictionary<string, int> Failed)
{
    /// <summary>Fewer games show nothing.</summary>
    private const int FewestGames = 10;

    /// <summary>An endpoint that answers less than this part of the games was not heard.</summary>
    private const double LeastAnswered = 0.5;

    private int Answered => Enumerable.Range(0, Said.Count).Count(i => Said[i].Heard && Examined[i].Count > 0);

    public bool Heard => Answered >= FewestGames && Answered >= LeastAnswered * Said.Count;

    /// <summary>
    /// This run alone, and together with the one before it; the smaller p-value of the two counts double. Alone it sees a great change at once, together a small one that stays:
    /// a steady judge's changed game has a chance of 1/4 alone and of 1/10 twice.
    /// </summary>
    /// <param name="before">What it said in the run before, under the same certificate; empty where there was none.</param>
    public DriftFinding Find(IReadOnlyList<SaidAgain> before)
    {
        var alone = DriftTest.Of([.. Games(i => [Said[i]])]);
        var both = DriftTest.Of([.. Games(i => i < before.Count ? [Said[i], before[i]] : [Said[i]])]);
        return before.Count == 0 ? alone : alone with { PValue = Math.Min(1, 2 * Math.Min(alone.PValue, both.PValue)) };
    }

    private IEnumerable<AskedAgain> Games(Func<int, IReadOnlyList<SaidAgain>> said) => Enumerable.Range(0, Said.Count)
        .Select(i => new AskedAgain(Examined[i], [.. said(i).Where(one => one.Heard).Select(one => one.Verdict)]))
        .Where(game => game.Examined.Count > 0 && game.Now.Count > 0);
}
