using AlignOps.Data.Checks;
using AlignOps.Intake;

namespace AlignOps.Tests.Intake;

public sealed class IntakeOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreSound() => Assert.True(new IntakeOptionsValidator().Validate(null, new IntakeOptions()).Succeeded);

    [Fact]
    public void Validate_SeveralFaults_AllAreNamedByKey()
    {
        var options = new IntakeOptions { BodyBytes = 0, Row = new RowLimits { Candidates = 1 } };

        var faults = new IntakeOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(["Intake:BodyBytes", "Intake:Row:Candidates"], faults.Select(fault => fault.Split(' ')[0]));
    }
}
