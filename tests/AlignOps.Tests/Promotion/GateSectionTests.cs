using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Promotion;

public sealed class GateSectionTests
{
    [Fact]
    public void Validate_Defaults_AreSound() => Assert.Empty(new GateSectionDefinition().Validate(new GateSection()));

    [Fact]
    public void Validate_EveryFault_IsToldWithItsKeyAndValue()
    {
        var section = new GateSection { Alpha = 0, ErrorBudget = 0.5, BootstrapDraws = -1, GuardAlpha = double.NaN, MinItems = 0, RegressionMargin = 0, AnchorMargin = 0.5, SliceMargin = -1, MaxUnscored = 1 };
        var faults = new GateSectionDefinition().Validate(section).ToList();

        Assert.Equal(
            ["gate.alpha", "gate.guard_alpha", "gate.error_budget", "gate.min_items", "gate.regression_margin", "gate.anchor_margin", "gate.slice_margin", "gate.bootstrap_draws", "gate.max_unscored"],
            faults.Select(fault => fault.Path));
        Assert.StartsWith("0.5 is no margin", faults[5].Sentence, StringComparison.Ordinal);
    }
}
