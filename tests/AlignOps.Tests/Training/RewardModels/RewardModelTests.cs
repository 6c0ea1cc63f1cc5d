using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.RewardModels;

/// <summary>A reward model trained on the managed engine, and what Rewards makes of it.</summary>
public sealed class RewardModelTests : IDisposable
{
    private static readonly CpuPolicyEngine Engine = new(threads: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-reward-").FullName;
    private readonly string _model;

    public RewardModelTests() => _model = TinyModel.Write(Path.Combine(_folder, "base"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_Rankings_RatesAnswersAsPeopleDid()
    {
        AdapterTrainingResult result = await TrainAsync(30);

        using RewardModelReward reward = RewardModelReward.Load(Engine, _model, Path.Combine(_folder, "reward"));
        RowRatings ratings = RowRatings.Of(reward, TinyModel.Rankings());
        Assert.Equal(24, ratings.Pairs);
        Assert.True(ratings.RightPairs >= 22, $"{ratings.RightPairs} of {ratings.Pairs}");
        Assert.True(result.Summary.FinalLoss < 0.4, $"{result.Summary.FinalLoss}");

        // Held-out rows are judged by the value, here the same ones, and no likelihood is claimed for a model that gives none.
        Assert.Equal((double)ratings.RightPairs / ratings.Pairs, result.Summary.HeldOut.PreferenceAccuracy!.Value, 12);
        Assert.Null(result.Summary.HeldOut.MeanNegativeLogLikelihood);
    }

    [Fact]
    public async Task Rate_AnyCompany_GivesAnAnswerTheSameNumber()
    {
        await TrainAsync(1);
        using RewardModelReward reward = RewardModelReward.Load(Engine, _model, Path.Combine(_folder, "reward"));
        RatedAnswer[] answers = [.. TinyModel.Rankings().SelectMany(row => row.Candidates.Select(c => new RatedAnswer(row.Prompt, c.Text)))];

        IReadOnlyList<double?> together = reward.Rate(answers);

        Assert.Equal(together, answers.Select(a => reward.Rate([a])[0]));
        Assert.Null(reward.Rate([new RatedAnswer(answers[0].Prompt, string.Concat(Enumerable.Repeat("nobody ", 80)))])[0]);
        Assert.Empty(reward.Rate([]));
    }

    [Fact]
    public async Task Load_AnAdapterWithoutAHead_IsRefused()
    {
        await TrainAsync(1, "sft");

        Assert.Throws<ModelFormatException>(() => RewardModelReward.Load(Engine, _model, Path.Combine(_folder, "sft")));
    }

    private Task<AdapterTrainingResult> TrainAsync(int epochs, string method = "reward") => new AdapterTraining(Engine, new VerifierCatalogue([])).RunAsync(
        new AdapterTrainingRequest(
            new TrainingSection { Method = method, Epochs = epochs, PromptsPerStep = 4, LearningRate = 1e-2 }, 5, _model, null, "tiny", TinyModel.Rankings(), TinyModel.Rankings(),
            Path.Combine(_folder, method + "-work"), Path.Combine(_folder, method)),
        new StepCallback(),
        CancellationToken.None);
}
