using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>
/// Has a judge changed since its examination? A judge that has not says today what it might have said then: of a game's T earlier and r new verdicts, any r may be the new ones with the
/// same chance. So given what was said, the number of couples of an earlier and a new verdict that differ has a known distribution in every game, and their sum over independent games
/// has its convolution: an exact one-sided permutation test. A judge that wavers by itself widens its own distribution; nothing is assumed of how it wavers.
/// </summary>
internal static class DriftTest
{
    /// <param name="games">Chosen without looking at the verdicts: among games picked for being stable, chance alone would look like drift.</param>
    public static DriftFinding Of(IReadOnlyList<AskedAgain> games)
    {
        double[] chances = [1];
        int differing = 0, couples = 0;
        double expected = 0;
        foreach (var game in games)
        {
            var own = Differences(game);
            differing += game.Now.Sum(now => game.Examined.Count(verdict => verdict != now));
            couples += game.Examined.Count * game.Now.Count;
            expected += own.Select((chance, count) => chance * count).Sum();
            chances = Sum(chances, own);
        }

        return couples == 0
            ? new DriftFinding(games.Count, 0, 0, 1)
            : new DriftFinding(games.Count, (double)differing / couples, expected / couples, Math.Min(1, chances.Skip(differing).Sum()));
    }

    /// <summary>Chances of 0, 1, … differing couples in one game: over all ways to call r of its verdicts the new ones, by how many of each kind they are.</summary>
    private static double[] Differences(AskedAgain game)
    {
        int[] said = [.. game.Examined.Concat(game.Now).CountBy(verdict => verdict?.ToString() ?? "").Select(verdict => verdict.Value)];
        var chances = new double[game.Examined.Count * game.Now.Count + 1];
        var all = Ways(game.Examined.Count + game.Now.Count, game.Now.Count);
        Choose(0, game.Now.Count, 0, 1);
        return chances;

        void Choose(int kind, int left, int differing, double ways)
        {
            if (kind == said.Length)
            {
                if (left == 0) chances[differing] += ways / all;
                return;
            }

            for (var taken = 0; taken <= Math.Min(left, said[kind]); taken++)
            {
                Choose(kind + 1, left - taken, differing + taken * (game.Examined.Count - (said[kind] - taken)), ways * Ways(said[kind], taken));
            }
        }
    }

    private static double Ways(int of, int taken)
    {
        double ways = 1;
        for (var i = 1; i <= taken; i++) ways = ways * (of - taken + i) / i;
        return ways;
    }

    private static double[] Sum(double[] one, double[] other)
    {
        var sum = new double[one.Length + other.Length - 1];
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] == 0) continue;
            for (var j = 0; j < other.Length; j++) sum[i + j] += one[i] * other[j];
        }

        return sum;
    }
}
