using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Definitions;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

public sealed class TrainingSectionTests
{
    [Fact]
    public void Validate_MethodThatAnswersNothing_IsForTheHandAndNotForTheLoop()
    {
        var section = new TrainingSection { Method = "reward" };

        Assert.Empty(TrainingPipelineSection.Faults(section));
        Assert.Contains("alignops train --method reward", Assert.Single(new TrainingPipelineSection().Validate(section)).Sentence);
    }

    [Fact]
    public void Validate_MethodThatMustBeAskedOtherwise_IsRefusedInTheLoopWithTheWayOut()
    {
        static string[] Paths(TrainingSection section) => [.. new TrainingPipelineSection().Validate(section).Select(f => f.Path)];
        var unasked = new CRlftSection { Classes = [new() { Best = true }, new() { Condition = "Novice", Weight = 0.1 }] };

        Assert.Equal(["training.coh.positive_marker"], Paths(new TrainingSection { Method = "coh" }));
        Assert.Empty(Paths(new TrainingSection { Method = "coh", Coh = new CohSection { PositiveMarker = "", Forms = ["p", "n", "pn"] } }));
        Assert.Equal(["training.c_rlft.classes"], Paths(new TrainingSection { Method = "c-rlft" }));
        Assert.Empty(Paths(new TrainingSection { Method = "c-rlft", CRlft = unasked }));
        Assert.Equal(["training.method"], Paths(new TrainingSection { Method = "second-thoughts" }));
        Assert.Empty(Paths(new TrainingSection { Method = "selfee" }));
    }

    [Fact]
    public void Validate_Defaults_AreSound() => Assert.Empty(new TrainingPipelineSection().Validate(new TrainingSection()));

    [Fact]
    public void Validate_ManyFaults_NamesEachKey()
    {
        var section = new TrainingSection
        {
            Method = "dqo", Start = "anchor", Schedule = "step", Epochs = 0, LearningRate = double.NaN, WarmupRatio = 1, Beta2 = 1,
            Lora = new LoraSection { Rank = 0, Targets = ["q_proj", "qkv"] },
            Rrhf = new RrhfSection { Semantics = "code", SftNormalisation = "mean", RankWeight = -1 },
        };

        SectionFault[] faults = [.. new TrainingPipelineSection().Validate(section)];

        string[] expected =
        [
            "training.method", "training.start", "training.schedule", "training.epochs", "training.lora.rank", "training.lora.targets", "training.learning_rate", "training.warmup_ratio",
            "training.beta2", "training.rrhf.semantics", "training.rrhf.sft_normalisation", "training.rrhf.rank_weight",
        ];
        Assert.Equal(expected, faults.Select(f => f.Path));
        Assert.Contains("one of sft, ", faults[0].Sentence);
        Assert.Contains("'qkv'", faults.Single(f => f.Path == "training.lora.targets").Sentence);
    }

    [Fact]
    public void Validate_FullFineTuning_IsForTheCommandLineAlone()
    {
        var section = new TrainingSection { Adapter = "full" };

        SectionFault fault = Assert.Single(new TrainingPipelineSection().Validate(section));

        Assert.Equal("training.adapter", fault.Path);
        Assert.Contains("alignops train --full", fault.Sentence);
        Assert.Empty(TrainingPipelineSection.Faults(section));
    }

    [Fact]
    public void Validate_PatienceWithoutEvaluations_SaysWhatIsMissing()
    {
        SectionFault fault = Assert.Single(new TrainingPipelineSection().Validate(new TrainingSection { Patience = 3 }));

        Assert.Equal("training.patience", fault.Path);
        Assert.Contains("evaluate_every", fault.Sentence);
    }

    [Fact]
    public void Methods_EachName_MakesItsObjective() =>
        Assert.All(TrainingMethods.All, method => Assert.Equal(method.Name, method.Create(new TrainingSection()).Name));

    [Fact]
    public void Rrhf_OptionsOfTheSection_ReachTheObjective()
    {
        var section = new TrainingSection { Method = "rrhf", Rrhf = new RrhfSection { Semantics = "reference" } };
        IObjective objective = TrainingMethods.Find("rrhf")!.Create(section);
        StepPlan plan = objective.Plan(ExampleMaker.Demonstrations(1, 1));

        LossResult result = objective.Loss(plan, ExampleMaker.Score(plan, 1));

        Assert.All(result.Gradients[0], g => Assert.Equal(-1.0 / plan.Sequences[0].Tokens, g, 12));
    }
}
