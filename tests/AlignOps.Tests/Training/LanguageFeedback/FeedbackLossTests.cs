using AlignOps.Models.Sampling;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.LanguageFeedback;

/// <summary>The losses against vectors computed by hand.</summary>
public sealed class FeedbackLossTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-words-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cut_JudgedAnswer_UnlearnsWhatTheJudgmentMakesLikelier()
    {
        var objective = new CutObjective(new CutOptions(Threshold: 1.2, UnlikelihoodWeight: 0.5));
        StepPlan plan = objective.Plan([Judged("r", 2)]);

        // a = (0.6, 0.2) with the judgment, b = (0.3, 0.4) without: the ratios are 2 and 0.5.
        LossResult result = objective.Loss(plan, [Scored(plan, 0, 0.6, 0.2), Scored(plan, 1, 0.3, 0.4)]);

        Assert.Equal(0.803722935, result.Loss, 9);
        Assert.Equal([-0.25, -0.25], result.Gradients[0]);
        Assert.Equal([0.053571429, -0.25], result.Gradients[1].Select(g => Math.Round(g, 9)));
        Assert.Equal(new MetricSum("unfit_tokens", 1, 2), result.Metrics[0]);
    }

    [Fact]
    public void Cut_SoundAnswerBesideAJudgedOne_IsImitatedAndCountsItsTokens()
    {
        var objective = new CutObjective(new CutOptions());
        StepPlan plan = objective.Plan([Judged("r", 2), new TrainingExample("s", [1], [new TrainingCandidate([2, 3, 0], null)])]);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, 0.6, 0.2), Scored(plan, 1, 0.3, 0.4), Scored(plan, 2, 0.5, 0.5, 0.5)]);

        Assert.Equal((2 * 0.803722935 + 3 * 0.693147181) / 5, result.Loss, 8);
        Assert.All(result.Gradients[2], g => Assert.Equal(-0.2, g, 12));
    }

    [Fact]
    public void Cut_TwoAnswersOfARow_EachIsComparedWithItsOwnJudgment()
    {
        var objective = new CutObjective(new CutOptions());
        StepPlan plan = objective.Plan([new TrainingExample("r", [1],
        [
            new TrainingCandidate([2, 0], null, Prompt: [1, 5]), new TrainingCandidate([2, 0], null),
            new TrainingCandidate([3, 0], null, Prompt: [1, 6]), new TrainingCandidate([3, 0], null),
            new TrainingCandidate([4, 0], null),
        ])]);

        LossResult result = objective.Loss(plan,
            [Scored(plan, 0, 0.9, 0.5), Scored(plan, 1, 0.5, 0.5), Scored(plan, 2, 0.1, 0.5), Scored(plan, 3, 0.5, 0.1), Scored(plan, 4, 0.1, 0.1)]);

        Assert.True(result.Gradients[1][0] > 0 && result.Gradients[1][1] < 0);
        Assert.True(result.Gradients[3][0] < 0 && result.Gradients[3][1] > 0);
        Assert.All(result.Gradients[4], g => Assert.Equal(-1.0 / 6, g, 12));
    }

    [Fact]
    public void Weighted_LikelihoodAndUnlikelihood_EqualTheVector()
    {
        var objective = new WeightedLikelihood("edits");
        StepPlan plan = objective.Plan([new TrainingExample("r", [1], [new TrainingCandidate([2, 3, 4, 0], null, Weights: [2, 1, -0.5, 0])])]);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, 0.5, 0.25, 0.2)]);

        Assert.Equal(0.961386833, result.Loss, 9);
        Assert.Equal([-0.666666667, -0.333333333, 0.041666667], result.Gradients[0].Select(g => Math.Round(g, 9)));
    }

    [Fact]
    public void Weighted_BySequences_DividesByTheirNumberAndNotByTokens()
    {
        var objective = new WeightedLikelihood("c-rlft", bySequences: true);
        StepPlan plan = objective.Plan([new TrainingExample("r", [1], [new TrainingCandidate([2, 0], null, Weights: [1, 1]), new TrainingCandidate([3, 4, 0], null, Weights: [0.1, 0.1, 0.1])])]);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, 0.5, 0.5), Scored(plan, 1, 0.5, 0.5, 0.5)]);

        Assert.Equal((2 + 0.3) * Math.Log(2) / 2, result.Loss, 12);
        Assert.Equal([-0.5, -0.5, -0.05, -0.05, -0.05], result.Gradients.SelectMany(g => g).Select(g => Math.Round(g, 12)));
    }

    [Fact]
    public void Unlikelihood_OfASureToken_StaysFinite()
    {
        (double loss, double slope) = TokenLosses.Unlikelihood(0);

        Assert.Equal(11.512925465, loss, 9);
        Assert.Equal(1e5, slope, 3);
    }

    [Fact]
    public async Task FineGrained_Training_MakesGoodTokensLikelierAndBadOnesLessLikely()
    {
        TrainingExample[] examples = [.. Enumerable.Range(0, 24).Select(i => new TrainingExample($"r-{i}", [3 + (i % 8)], [new([1, 0], null, Weights: [1, 0]), new([2, 0], null, Weights: [-1, 0])]))];
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        double Chance(int token) => Enumerable.Range(3, 8).Average(p => Math.Exp(policy.Score([AlignOps.Models.Policies.TokenSequence.PromptAnswer([p], [token])])[0][0]));
        (double good, double bad) = (Chance(1), Chance(2));

        await new Trainer(policy, new WeightedLikelihood("fine-grained"), new TrainerOptions { Epochs = 4, PromptsPerStep = 8, LearningRate = 0.05 }, "t", _folder)
            .RunAsync(examples, [], new StepCallback(), CancellationToken.None);

        Assert.True(Chance(1) > good + 0.05, $"{good} became {Chance(1)}");
        Assert.True(Chance(2) < bad - 0.01, $"{bad} became {Chance(2)}");
    }

    private static TrainingExample Judged(string id, int tokens)
    {
        int[] answer = [.. Enumerable.Repeat(2, tokens - 1), 0];
        return new TrainingExample(id, [1], [new TrainingCandidate(answer, null, Prompt: [1, 9, 9]), new TrainingCandidate(answer, null)]);
    }

    private static ScoredSequence Scored(StepPlan plan, int sequence, params double[] probabilities) =>
        new(plan.Sequences[sequence], [.. probabilities.Select(p => Math.Log(p))]);
}
