using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions;

namespace AlignOps.Tests.Platform;

public sealed class SectionAssignmentsTests
{
    [Fact]
    public void Read_KeysOfEveryDepth_AreBoundAsInYaml()
    {
        (TrainingSection section, IReadOnlyList<SectionFault> faults) = Read("method=dpo", "epochs=2", "dpo.beta=0.2", "lora.targets=[q_proj, v_proj]", "dpo.pairs=all", "epochs=5");

        Assert.Empty(faults);
        Assert.Equal(("dpo", 5, 0.2, "all"), (section.Method, section.Epochs, section.Dpo.Beta, section.Dpo.Pairs));
        Assert.Equal(["q_proj", "v_proj"], section.Lora.Targets!);
        Assert.Equal(new TrainingSection().LearningRate, section.LearningRate);
    }

    [Theory]
    [InlineData("epochs", "sets nothing; write KEY=VALUE")]
    [InlineData("=3", "sets nothing; write KEY=VALUE")]
    [InlineData("epoch=3", "did you mean epochs?")]
    [InlineData("epochs=three", "is 'three' but must be")]
    [InlineData("dpo=0.1", "must be a mapping of keys")]
    [InlineData("dpo.beta=[", "which is not YAML")]
    [InlineData("dpo..beta=1", "cannot be set")]
    public void Read_WhatCannotBeSet_IsAFaultWithItsRemedy(string assignment, string says) =>
        Assert.Contains(says, Assert.Single(Read(assignment).Faults).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Read_KeyBelowASingleValue_IsAFault() => Assert.Contains("lies below a key", Assert.Single(Read("epochs=3", "epochs.more=1").Faults).Sentence, StringComparison.Ordinal);

    private static (TrainingSection Section, IReadOnlyList<SectionFault> Faults) Read(params string[] assignments) => SectionAssignments.Read<TrainingSection>("training", assignments);
}
