using AlignOps.Contracts;
using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Promotion;

/// <summary>How often the gate is wrong, by simulation from fixed seeds.</summary>
public sealed class GateErrorRateTests
{
    private static readonly Dictionary<string, string[]> Slices = new()
    {
        ["facts"] = ["polite", "grounded", "fluent"],
        ["unknown"] = ["polite", "honest", "fluent"],
        ["harmful"] = ["polite", "declined", "fluent"],
    };

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    public void Decide_EqualModels_PromotesAndRejectsNoMoreOftenThanAlpha(double rate)
    {
        const int Runs = 300;
        var section = new GateSection { BootstrapDraws = 0 };
        var decisions = Enumerable.Range(0, Runs).AsParallel().Select(seed => Gate.Decide(
            section,
            new EvidenceBuilder(1000 + seed).Preference(80, Slices, (_, _) => rate).Regression(60, rate, rate, samples: 1).Build(),
            EvidenceBuilder.Context()).Decision).ToList();

        Assert.True(decisions.Count(d => d == GateDecision.Promote) <= Runs * section.Alpha, $"{decisions.Count(d => d == GateDecision.Promote)} of {Runs} promoted.");
        Assert.True(decisions.Count(d => d == GateDecision.Reject) <= Runs * section.Alpha, $"{decisions.Count(d => d == GateDecision.Reject)} of {Runs} rejected.");
    }

    [Fact]
    public void Decide_ModelsOfTheExample_ArePromotedAndRejectedAlways()
    {
        // The shipped example's suites in size and effect: clusters of three items, abilities at 0.97 against 0.98 in four draws.
        var section = new GateSection { RegressionMargin = 0.1, BootstrapDraws = 0 };
        var wrong = Enumerable.Range(0, 60).AsParallel().Count(seed =>
        {
            GateDecision Decide(double candidate, double champion) => Gate.Decide(
                section,
                new EvidenceBuilder(2000 + seed)
                    .Preference(88, Slices, (model, behaviour) => behaviour == "fluent" ? 0.975 : model == "candidate" ? candidate : champion, itemsPerCluster: 3)
                    .Regression(120, 0.973, 0.981).Build(),
                EvidenceBuilder.Context()).Decision;

            return Decide(0.95, 0.54) != GateDecision.Promote || Decide(0.05, 0.95) != GateDecision.Reject;
        });

        Assert.Equal(0, wrong);
    }
}
