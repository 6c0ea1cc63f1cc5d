using AlignOps.Intake.Datasets;

namespace AlignOps.Tests.Intake;

public sealed class MixSectionRulesTests
{
    [Fact]
    public void Validate_Defaults_AreSound() => Assert.Empty(new MixSectionRules().Validate(new MixSection()));

    [Fact]
    public void Validate_SeveralFaults_AllAreNamed()
    {
        var section = new MixSection { HeldOutShare = 1, ReplayShare = double.NaN, SyntheticShare = -0.1, Kinds = ["preference", "likes"] };

        Assert.Equal(
            ["mix.held_out_share", "mix.replay_share", "mix.synthetic_share", "mix.kinds"],
            new MixSectionRules().Validate(section).Select(fault => fault.Path));
    }

    [Fact]
    public void Validate_SharesThatLeaveNoNewFeedback_AreAFault()
    {
        var section = new MixSection { ReplayShare = 0.5, SyntheticShare = 0.5 };

        Assert.Equal("mix.synthetic_share", Assert.Single(new MixSectionRules().Validate(section)).Path);
    }

    [Fact]
    public void Validate_NoKinds_IsAFault() => Assert.Equal("mix.kinds", Assert.Single(new MixSectionRules().Validate(new MixSection { Kinds = [] })).Path);
}
