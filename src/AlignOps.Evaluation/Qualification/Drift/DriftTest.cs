using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>
/// Has a judge changed since its examination? A judge that has not says today what it might have said then: of a game's T earlier verdicts and today's, any of the T + 1 may be
/// today's with the same chance. So given what was said, the number of earlier verdicts that differ from today's has a known distribution in every game, and their sum over
/// independent games has its convolution: an exact one-sided permutation test. A judge that wavers by itself widens its own distribution; nothing is assumed of how it wavers.
/// </summary>
internal static class DriftTest
{
    /// <param name="games">Chosen without looking at the verdicts: among games picked for being stable, chance alone would look like drift.</param>
    public static DriftFinding Of(IReadOnlyList<AskedAgain> games)
    {
        double[] chances = [1];
        int differing = 0, earlier = 0;
        double expected = 0;
        foreach (var game in games)
        {
            var own = Differences(game);
            differing += game.Examined.Count(verdict => verdict != game.Now);
            earlier += game.Examined.Count;
            expected += own.Select((chance, count) => chance * count).Sum();
            chances = Sum(chances, own);
        }

        return earlier == 0
            ? new DriftFinding(games.Count, 0, 0, 1)
            : new DriftFinding(games.Count, (double)differing / earlier, expected / earlier, Math.Min(1, chances.Skip(differing).Sum()));
    }

    /// <summary>Chances of 0, 1, … differing earlier verdicts in one game: a verdict said c times in all differs from the T + 1 − c others.</summary>
    private static double[] Differences(AskedAgain game)
    {
        var chances = new double[game.Examined.Count + 1];
        foreach (var group in game.Examined.Append(game.Now).GroupBy(verdict => verdict))
        {
            var said = group.Count();
            chances[game.Examined.Count + 1 - said] += (double)said / (game.Examined.Count + 1);
        }

        return chances;
    }

    private static double[] Sum(double[] one, double[] other)
    {
        var sum = new double[one.Length + other.Length - 1];
        for (var i = 0; i < one.Length; i++)
        {
            for (var j = 0; j < other.Length; j++) sum[i + j] += one[i] * other[j];
        }

        return sum;
    }
}
