using System.Globalization;

namespace AlignOps.Pipelines.Batches;

/// <summary>
/// What the present champion stands on: each new champion stands on the one before it, and a restored one on what it stood on then. Pure.
/// </summary>
/// <param name="Present">The runs that the present champion stands on.</param>
/// <param name="TakenBack">The runs that were promoted and that it does not stand on, each with by whom, to which version and why.</param>
internal sealed record ChampionLineage(IReadOnlySet<string> Present, IReadOnlyDictionary<string, string> TakenBack)
{
    /// <param name="history">By version.</param>
    public static ChampionLineage Of(IReadOnlyList<ChampionVersion> history)
    {
        var standsOn = new Dictionary<int, HashSet<string>>();
        var takenBack = new Dictionary<string, string>(StringComparer.Ordinal);
        HashSet<string> present = [];
        foreach (var champion in history)
        {
            if (champion.Restores is { } restored)
            {
                var back = standsOn.GetValueOrDefault(restored, []);
                foreach (var run in present.Except(back))
                {
                    takenBack[run] = string.Create(CultureInfo.InvariantCulture, $"by {champion.DecidedBy}, to version {restored}: {champion.Reason}");
                }

                present = back;
            }
            else if (champion.RunId is { } run)
            {
                present = [.. present, run];
            }

            standsOn[champion.Version] = present;
        }

        return new ChampionLineage(present, takenBack.Where(run => !present.Contains(run.Key)).ToDictionary(StringComparer.Ordinal));
    }
}
