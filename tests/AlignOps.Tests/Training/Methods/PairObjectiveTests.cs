using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Objectives.Preference;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.Methods;

public sealed class PairObjectiveTests : IDisposable
{
    private static readonly TrainingExample Ranking = Example(0.2, 0.9, 0.2, 0.5);
    private static readonly TrainingExample Pair = Example(1, 0);
    private static readonly TrainingExample Tied = Example(0.5, 0.5);

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-pairs-").FullName;

    public static TheoryData<string> Methods =>
        ["dpo", "cdpo", "robust-dpo", "hinge-dpo", "ipo", "dpo-norm", "apo-zero", "bco", "sppo", "rpo", "pro", "slic", "orpo", "simpo", "kto", "apo-zero-unpaired", "rrhf"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(PairChoice.BestWorst, new[] { "1>0" })]
    [InlineData(PairChoice.All, new[] { "1>0", "1>2", "1>3", "3>0", "3>2" })]
    public void Of_Ranking_GivesStrictPairsOnly(PairChoice choice, string[] expected)
    {
        Assert.Equal(expected, AnswerPairs.Of(Ranking, choice).Select(p => $"{p.Chosen}>{p.Rejected}"));
        Assert.Empty(AnswerPairs.Of(Tied, choice));
        Assert.Equal(new AnswerPair(0, 1), Assert.Single(AnswerPairs.Of(Pair, choice)));
    }

    [Fact]
    public void Plan_BestAndWorst_RunsNoAnswerThatIsInNoPair()
    {
        var objective = new PairObjective("dpo", new SigmoidLoss(0.1), new PairOptions());

        Assert.Equal([(0, 0), (0, 1), (2, 0), (2, 1)], objective.Plan([Ranking, Tied, Pair]).Sequences.Select(s => (s.Example, s.Candidate)));
    }

    [Fact]
    public void Loss_AllPairs_IsTheMeanOverEveryPairOfTheStep()
    {
        var objective = new PairObjective("simpo", new SimpoLoss(2, 0.5), new PairOptions(PairChoice.All));
        StepPlan plan = objective.Plan([Ranking, Pair]);
        ScoredSequence[] scored = MethodScores.Of(plan, 5);

        double Term(int chosen, int rejected) => new SimpoLoss(2, 0.5).Of(Side(scored[chosen]), Side(scored[rejected])).Loss;

        Assert.Equal((Term(1, 0) + Term(1, 2) + Term(1, 3) + Term(3, 0) + Term(3, 2) + Term(4, 5)) / 6, objective.Loss(plan, scored).Loss, 12);
    }

    [Fact]
    public void Loss_LikelihoodOfPromptAndResponse_ScoresTheChosenSequenceFromItsSecondToken()
    {
        IObjective objective = MethodCases.Find("orpo").Method.Create(MethodCases.Section("orpo", "orpo.likelihood=all"));
        StepPlan plan = objective.Plan([new TrainingExample("r", [1, 2, 3], [new TrainingCandidate([4, 0], 0), new TrainingCandidate([5, 6, 0], 1)])]);

        Assert.Equal([[false, false, false, true, true], [false, true, true, true, true, true]], plan.Sequences.Select(s => s.Sequence.Scored));
        LossResult result = objective.Loss(plan, [new(plan.Sequences[0], [-1, -2]), new(plan.Sequences[1], [-3, -5, -1, -1, -1])]);
        Assert.Equal(11.0 / 5, result.Metrics.Single(m => m.Name == "nll_loss").Sum, 12);
        Assert.Equal(-3, result.Metrics.Single(m => m.Name == "logps/chosen").Sum, 12);
        Assert.Equal([-0.2, -0.2], result.Gradients[1][..2]);
    }

    [Fact]
    public void Loss_OfDpo_ReportsByTrlsNames()
    {
        IObjective objective = MethodCases.Find("rpo").Method.Create(MethodCases.Section("rpo"));
        StepPlan plan = objective.Plan([Pair]);

        Dictionary<string, double> metrics = objective.Loss(plan, [new(plan.Sequences[0], [-1, -1], -4), new(plan.Sequences[1], [-2, -2], -3)]).Metrics.ToDictionary(m => m.Name, m => m.Sum / m.Count);

        Assert.Equal(0.2, metrics["rewards/chosen"], 12);
        Assert.Equal(-0.1, metrics["rewards/rejected"], 12);
        Assert.Equal(0.3, metrics["rewards/margins"], 12);
        Assert.Equal(1, metrics["rewards/accuracies"]);
        Assert.Equal(-2, metrics["logps/chosen"]);
        Assert.Equal(-4, metrics["logps/rejected"]);
        Assert.Equal(1, metrics["nll_loss"]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Run_Preferences_MakesTheChosenAnswersLikelierThanTheOthers(string method)
    {
        // Every prompt token likes the answer token 1 and dislikes the answer token 2; half the rows name the worse answer first.
        TrainingExample[] examples =
        [
            .. Enumerable.Range(0, 40).Select(i => new TrainingExample(
                $"row-{i}", [3 + (i % 8)], i % 2 == 0 ? [new([1, 0], 1), new([2, 0], 0)] : [new([2, 0], 0), new([1, 0], 1)])),
        ];
        using var reference = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        IObjective objective = MethodCases.Find(method).Method.Create(MethodCases.Section(method)).Over(examples);
        await new Trainer(policy, objective, new TrainerOptions { Epochs = 3, PromptsPerStep = 8, LearningRate = 0.05 }, method, _folder) { Reference = () => reference }
            .RunAsync(examples, [], new StepCallback(), CancellationToken.None);

        double Margin(BigramPolicy one) => Enumerable.Range(3, 8).Average(prompt => One(one, prompt, 1) - One(one, prompt, 2));
        Assert.True(Margin(policy) > Margin(reference) + 0.2, $"{method}: {Margin(reference)} before, {Margin(policy)} after");
    }

    private static double One(BigramPolicy policy, int prompt, int answer) => policy.Score([TokenSequence.PromptAnswer([prompt], [answer])])[0][0];

    private static PairSide Side(ScoredSequence scored) => new(scored.Sum, scored.Reference, scored.LogProbabilities.Length);

    private static TrainingExample Example(params double[] scores) =>
        new("r", [1], [.. scores.Select((score, i) => new TrainingCandidate([2 + i, 0], score))]);
}
