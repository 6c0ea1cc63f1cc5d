namespace AlignOps.Data.Datasets;

/// <summary>How many replay and synthetic rows go beside the new ones.</summary>
internal static class MixShares
{
    /// <summary>
    /// The most of each that keeps both shares of the sum: replay ≤ ρ·(new + replay + synthetic), synthetic ≤ σ·(the same). Both caps fall as
    /// the other's rows fall, so they are lowered together until they hold.
    /// </summary>
    public static (int Replay, int Synthetic) Cap(int fresh, int replay, int synthetic, double replayShare, double syntheticShare)
    {
        while (true)
        {
            var sum = (double)fresh + replay + synthetic;
            var (fewerReplay, fewerSynthetic) = (Math.Min(replay, Most(replayShare * sum)), Math.Min(synthetic, Most(syntheticShare * sum)));
            if ((fewerReplay, fewerSynthetic) == (replay, synthetic))
            {
                return (replay, synthetic);
            }

            (replay, synthetic) = (fewerReplay, fewerSynthetic);
        }
    }

    // A share such as 0.1 of 30 rows is 3 rows, whatever binary fractions make of it.
    private static int Most(double rows) => (int)Math.Floor(rows + 1e-9);
}
