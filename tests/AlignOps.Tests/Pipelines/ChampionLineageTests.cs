using AlignOps.Contracts.Registry;
using AlignOps.Pipelines.Batches;

namespace AlignOps.Tests.Pipelines;

public sealed class ChampionLineageTests
{
    [Fact]
    public void Of_APlainHistory_StandsOnEveryRun() => Check("r1 r2 r3", "", "c", "r1", "r2", "r3");

    [Fact]
    public void Of_ARollback_TakesBackWhatCameAfterTheRestoredVersion() => Check("r1", "r2 r3", "c", "r1", "r2", "r3", "<2");

    [Fact]
    public void Of_ARollbackOfARollback_GoesFurtherBack() => Check("", "r1 r2", "c", "r1", "r2", "<2", "<1");

    [Fact]
    public void Of_APromotionAfterARollback_StandsOnTheRestoredOne() => Check("r1 r3", "r2", "c", "r1", "r2", "<2", "r3");

    [Fact]
    public void Of_APersonWhoGoesForwardAgain_BringsTheRunsBack() => Check("r1 r2", "", "c", "r1", "r2", "<1", "<3");

    [Fact]
    public void Of_ARollbackToARestoredVersion_StandsOnWhatThatStoodOn() => Check("r1", "r2 r3", "c", "r1", "r2", "<2", "r3", "<4");

    /// <param name="history">From version 1: c certified, r1 a run, &lt;2 a rollback to version 2.</param>
    private static void Check(string present, string takenBack, params string[] history)
    {
        var lineage = ChampionLineage.Of([.. history.Select((entry, i) => new ChampionVersion
        {
            Version = i + 1,
            RunId = entry[0] == 'r' ? entry : null,
            Restores = entry[0] == '<' ? int.Parse(entry[1..], System.Globalization.CultureInfo.InvariantCulture) : null,
            DecidedBy = "ops",
            Reason = "why",
        })]);

        Assert.Equal(present, string.Join(' ', lineage.Present.Order(StringComparer.Ordinal)));
        Assert.Equal(takenBack, string.Join(' ', lineage.TakenBack.Keys.Order(StringComparer.Ordinal)));
        Assert.All(lineage.TakenBack.Values, why => Assert.StartsWith("by ops, to version ", why, StringComparison.Ordinal));
    }
}
