using AlignOps.Data.Feedback;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;
using AlignOps.Training.HeldOut;
using AlignOps.Training.Examples;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>The trainer on the managed engine: adapters that truly learn.</summary>
public sealed class AdapterTrainingTests : IDisposable
{
    private static readonly CpuPolicyEngine Engine = new(threads: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-adapter-").FullName;
    private readonly string _model;

    public AdapterTrainingTests() => _model = TinyModel.Write(Path.Combine(_folder, "base"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_SftOnEightDemonstrations_AnswersThemAll()
    {
        var section = new TrainingSection { Method = "sft", Epochs = 60, PromptsPerStep = 4, LearningRate = 2e-2 };

        AdapterTrainingResult result = await TrainAsync(section, TinyModel.Demonstrations(), "sft");

        using IPolicyModel policy = Engine.Load(_model, Path.Combine(_folder, "sft"));
        Assert.Equal(TinyModel.Answers, TinyModel.Ask(policy, Tokenizer.Load(_model)));
        Assert.True(result.Summary.FinalLoss < 0.1, $"{result.Summary.FinalLoss}");
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("reference")]
    public async Task Run_RrhfOnRankings_RaisesTheMargin(string semantics)
    {
        var section = new TrainingSection
        {
            Method = "rrhf", Epochs = 20, PromptsPerStep = 4, LearningRate = 1e-2, Rrhf = new RrhfSection { Semantics = semantics },
        };
        TrainingExample[] examples =
            [.. new ExampleBuilder(Tokenizer.Load(_model), 64).ForHeldOut(TinyModel.Rankings()).Examples];
        using IPolicyModel before = Engine.Load(_model, null);
        HeldOutReport untrained = HeldOutEvaluation.Run(before, examples);

        await TrainAsync(section, TinyModel.Rankings(), "rrhf");

        using IPolicyModel after = Engine.Load(_model, Path.Combine(_folder, "rrhf"));
        HeldOutReport trained = HeldOutEvaluation.Run(after, examples);
        Assert.InRange(untrained.PreferenceAccuracy!.Value, 0.2, 0.8);
        Assert.True(trained.PreferenceAccuracy > 0.9, $"{untrained.PreferenceAccuracy} became {trained.PreferenceAccuracy}");
        Assert.True(trained.MeanNegativeLogLikelihood < untrained.MeanNegativeLogLikelihood);
    }

    [Fact]
    public async Task Run_MicroBatchesOfAnySize_EndInTheSameAdapterUpToRounding()
    {
        var section = new TrainingSection { Method = "rrhf", Epochs = 2, PromptsPerStep = 8, LearningRate = 1e-3 };
        await TrainAsync(section, TinyModel.Rankings(), "whole");
        await TrainAsync(section with { MicroBatchTokens = 20 }, TinyModel.Rankings(), "parts");

        using ITrainablePolicy whole = Engine.LoadForAdapterTraining(_model, Path.Combine(_folder, "whole"), section.Lora.ToConfig(), 0);
        using ITrainablePolicy parts = Engine.LoadForAdapterTraining(_model, Path.Combine(_folder, "parts"), section.Lora.ToConfig(), 0);
        foreach ((TrainableParameter a, TrainableParameter b) in whole.Parameters.Zip(parts.Parameters))
        {
            Assert.All(a.Value.ToArray().Zip(b.Value.ToArray()), v => Assert.Equal(v.First, v.Second, 1e-3));
        }
    }

    [Fact]
    public async Task Run_ContinuesAnAdapter_FromItsValues()
    {
        var section = new TrainingSection { Method = "sft", Epochs = 30, PromptsPerStep = 4, LearningRate = 2e-2 };
        await TrainAsync(section, TinyModel.Demonstrations(), "first");

        AdapterTrainingResult second = await TrainAsync(
            section with { Epochs = 1, LearningRate = 1e-6 }, TinyModel.Demonstrations(), "second", Path.Combine(_folder, "first"));

        Assert.True(second.Summary.FinalLoss < 0.3, $"{second.Summary.FinalLoss}");
    }

    [Fact]
    public async Task Run_Manifest_SaysByContentWhatTheAdapterCameFrom()
    {
        var section = new TrainingSection { Method = "kto", Epochs = 1, Seed = 7 };
        await TrainAsync(section, TinyModel.Demonstrations(), "first");
        await TrainAsync(section, TinyModel.Demonstrations(), "again");
        AdapterTrainingResult second = await TrainAsync(section, TinyModel.Demonstrations(), "second", Path.Combine(_folder, "first"));

        ModelManifest first = ManifestFile.Read(Path.Combine(_folder, "first"))!;
        ModelManifest manifest = ManifestFile.Read(Path.Combine(_folder, "second"))!;
        Assert.Equal((ModelManifest.Adapter, Checkpoint.Digest(_model)), (manifest.Kind, manifest.Base));
        Assert.Equal(("kto", 7L, 5L, "the dataset", "cpu"), (manifest.Method, manifest.Seed, manifest.RunSeed, manifest.Dataset, manifest.Engine));
        Assert.Equal(new ModelSource(manifest.Base, null), first.Reference);
        Assert.Equal(new ModelSource(manifest.Base, first.Weights), manifest.Reference);
        Assert.Equal(manifest.Reference, manifest.Start);
        Assert.Equal(AdapterDirectory.WeightsDigest(Path.Combine(_folder, "second")), manifest.Weights);
        Assert.Equal((second.Summary.Steps, second.Summary.Tokens), (manifest.Steps, manifest.Tokens));
        Assert.Equal(ManifestFile.DigestOf(second.Summary.MetricsFile), manifest.Metrics);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "first", ManifestFile.Name)), File.ReadAllBytes(Path.Combine(_folder, "again", ManifestFile.Name)));
    }

    [Fact]
    public async Task Run_AdapterOfAnotherRank_IsRefusedWithTheRemedy()
    {
        var section = new TrainingSection { Method = "sft", Epochs = 1 };
        await TrainAsync(section, TinyModel.Demonstrations(), "first");

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(
            section with { Lora = new LoraSection { Rank = 4 } }, TinyModel.Demonstrations(), "second", Path.Combine(_folder, "first")));

        Assert.Equal("lora-mismatch", failure.Code);
        Assert.Contains("training.start to base", failure.Message);
    }

    [Fact]
    public async Task Run_NoUsableRow_SaysWhy()
    {
        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => TrainAsync(new TrainingSection { Method = "sft", MaxTokens = 3 }, TinyModel.Demonstrations(), "none"));

        Assert.Equal("nothing-to-learn", failure.Code);
        Assert.Contains("8 too-long", failure.Message);
    }

    [Fact]
    public async Task Run_CheckpointWithATruncatedShard_IsAFormatFailure()
    {
        string weights = Path.Combine(_model, "model.safetensors");
        byte[] bytes = await File.ReadAllBytesAsync(weights);
        await File.WriteAllBytesAsync(weights, bytes[..^100]);

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => TrainAsync(new TrainingSection { Method = "sft" }, TinyModel.Demonstrations(), "none"));

        Assert.Equal("model-format", failure.Code);
    }

    [Fact]
    public async Task Run_FullFineTuning_WritesACheckpointThatAnswersAndStandsAlone()
    {
        var section = new TrainingSection { Method = "sft", Adapter = TrainingSection.Full, Epochs = 30, PromptsPerStep = 4, LearningRate = 5e-3 };

        await TrainAsync(section, TinyModel.Demonstrations(), "full");

        string output = Path.Combine(_folder, "full");
        using IPolicyModel policy = Engine.Load(output, null);
        Assert.Equal(TinyModel.Answers, TinyModel.Ask(policy, Tokenizer.Load(output)));
        Assert.False(File.Exists(Path.Combine(output, "adapter_config.json")));
        Assert.NotEqual(AlignOps.Models.Checkpoints.Checkpoint.Digest(_model), AlignOps.Models.Checkpoints.Checkpoint.Digest(output));
    }

    [Fact]
    public async Task Run_FullFineTuningUnderAnAdapter_SaysToMergeFirst()
    {
        await TrainAsync(new TrainingSection { Method = "sft", Epochs = 1 }, TinyModel.Demonstrations(), "first");

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(
            new TrainingSection { Method = "sft", Adapter = TrainingSection.Full }, TinyModel.Demonstrations(), "second", Path.Combine(_folder, "first")));

        Assert.Equal("full-from-adapter", failure.Code);
        Assert.Contains("alignops merge", failure.Message);
    }

    [Fact]
    public async Task Run_VocabularyFarLargerThanTheTokenizer_IsRefusedAsAMismatch()
    {
        TinyModel.TrainTokenizer().Save(_model);
        PolicyConfig wide = TinyModel.Config(TinyModel.TrainTokenizer()) with { VocabSize = 3000 };
        using (ITrainablePolicy policy = Engine.Create(wide, 1))
        {
            policy.Save(_model);
        }

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(
            () => TrainAsync(new TrainingSection { Method = "sft" }, TinyModel.Demonstrations(), "none"));

        Assert.Equal("vocabulary-mismatch", failure.Code);
        Assert.Contains("3000", failure.Message);
    }

    [Fact]
    public async Task Run_KtoTwice_AsksTheReferenceOnceForEachSequence()
    {
        var section = new TrainingSection { Method = "kto", Epochs = 2, PromptsPerStep = 4, LearningRate = 1e-2 };
        await TrainAsync(section, TinyModel.Rankings(), "kto");

        string[] files = Directory.GetFiles(Path.Combine(_folder, "kto-work"), "*.scores");

        // Two judged answers a row, and a mismatched one for each row that another follows in its epoch.
        Assert.InRange(new FileInfo(Assert.Single(files)).Length / 28, 16 + 8, 16 + 16);
    }

    [Fact]
    public async Task Pretrain_Dialogues_WritesACheckpointThatAnswers()
    {
        BpeTokenizer tokenizer = TinyModel.TrainTokenizer();
        TrainingExample[] examples =
            [.. TinyModel.Demonstrations().Select((row, i) => PretrainExamples.Dialogue($"{i}", tokenizer, row.Prompt, row.Candidates[0].Text))];
        var options = new TrainerOptions { Epochs = 40, PromptsPerStep = 4, LearningRate = 1e-2, MaxSteps = 60 };
        string output = Path.Combine(_folder, "pretrained");

        TrainingSummary summary = await new PretrainRun(Engine, TinyModel.Config(tokenizer), tokenizer, options)
            .RunAsync(examples, Path.Combine(_folder, "work"), output, new StepCallback(), CancellationToken.None);

        Assert.Equal(60, summary.Steps);
        using IPolicyModel policy = Engine.Load(output, null);
        Assert.Equal(TinyModel.Answers, TinyModel.Ask(policy, Tokenizer.Load(output)));
    }

    private Task<AdapterTrainingResult> TrainAsync(TrainingSection section, FeedbackRow[] rows, string name, string? adapter = null) =>
        new AdapterTraining(Engine, new AlignOps.Rewards.VerifierCatalogue([])).RunAsync(
            new AdapterTrainingRequest(section, 5, _model, adapter, "tiny", rows, [], Path.Combine(_folder, name + "-work"), Path.Combine(_folder, name), DatasetDigest: "the dataset"),
            new StepCallback(),
            CancellationToken.None);
}
