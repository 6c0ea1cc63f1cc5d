using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

public sealed class KtoTests : IDisposable
{
    private static readonly KtoObjective Kto = new(new KtoOptions(Beta: 0.1, DesirableWeight: 1.3, UndesirableWeight: 0.7));

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-kto-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Vectors computed apart from any trainer: s_w = −20, s_l = −30, ref −22 and −27, β = 0.1, z0 = 0.5.</summary>
    [Theory]
    [InlineData(true, -20, -22, 0.462570155, -0.024859901)]
    [InlineData(false, -30, -27, 0.413382421, 0.024249740)]
    public void Loss_GoldenVector_IsMet(bool up, double sum, double reference, double loss, double slope)
    {
        var objective = new KtoObjective(new KtoOptions());
        TrainingExample[] examples = [Thumb(1, [2, 3], up), Thumb(4, [5, 6], true)];
        StepPlan plan = objective.Plan(examples);
        Assert.Equal([true, false, true, false], plan.Sequences.Select(s => s.Trains));

        // The other thumb contributes 1/2·(1 − σ(−β·z0)) to a mean of two; z0 is the mean over the mismatched pairs, 0.2 and 0.8.
        ScoredSequence[] scored = [Scored(plan, 0, sum, reference), Scored(plan, 1, -9.8, -10), Scored(plan, 2, -5, -5), Scored(plan, 3, -9.2, -10)];
        LossResult result = objective.Loss(plan, scored);

        Assert.Equal((loss + 1 - (1 / (1 + Math.Exp(0.05)))) / 2, result.Loss, 9);
        Assert.All(result.Gradients[0], g => Assert.Equal(slope / 2, g, 9));
        Assert.All(result.Gradients[1].Concat(result.Gradients[3]), g => Assert.Equal(0, g));
        Assert.Equal(0.5, result.Metrics.Single(m => m.Name == "kl").Sum, 9);
    }

    [Fact]
    public void Loss_RandomSteps_GradientEqualsFiniteDifferencesWithZ0Held()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            StepPlan plan = Kto.Plan([.. Thumbs(seed, 4), .. ExampleMaker.Rankings(seed, 2), .. ExampleMaker.Demonstrations(seed, 1)]);
            ScoredSequence[] scored = [.. ExampleMaker.Score(plan, seed).Select((s, i) => s with { Reference = s.Sum + Math.Sin(i) })];
            IReadOnlyList<double[]> gradients = Kto.Loss(plan, scored).Gradients;
            for (int s = 0; s < scored.Length; s++)
            {
                for (int t = 0; t < gradients[s].Length; t++)
                {
                    // z0 has no gradient by definition, so only trained sequences are moved.
                    double expected = scored[s].Planned.Trains ? (Moved(plan, scored, s, t, 1e-5) - Moved(plan, scored, s, t, -1e-5)) / 2e-5 : 0;
                    Assert.True(Math.Abs(expected - gradients[s][t]) < 1e-8, $"case {seed}, sequence {s}, token {t}: {expected:R} and {gradients[s][t]:R}");
                }
            }
        }
    }

    [Fact]
    public void Loss_DivergenceBelowZero_CountsAsNone()
    {
        StepPlan plan = Kto.Plan([Thumb(1, [2], true), Thumb(3, [4], false)]);
        double At(double mismatched) => Kto.Loss(plan, [.. plan.Sequences.Select((s, i) => Scored(plan, i, s.Trains ? -3 : mismatched, -5))]).Loss;

        Assert.Equal(At(-5), At(-9));
        Assert.NotEqual(At(-5), At(-4));
    }

    [Fact]
    public void Plan_MismatchedPair_IsThePromptWithAnotherPromptsAnswerAndNoLonger()
    {
        TrainingExample[] examples = [Thumb(1, [2], true), Thumb(1, [3], false), Thumb(4, [5, 6, 7, 8, 9], true)];

        PlannedSequence[] mismatched = [.. Kto.Plan(examples).Sequences.Where(s => !s.Trains)];

        Assert.Equal(["1,5,6,7,8,9", "1,5,6,7,8,9", "4,2"], mismatched.Select(m => string.Join(',', m.Sequence.Tokens)));
        Assert.Single(Kto.Plan(examples[..1]).Sequences);
        Assert.Equal([true, true], Kto.Plan(examples[..2]).Sequences.Select(s => s.Trains));
    }

    [Theory]
    [InlineData(9, 3, null, null, 1.0, 3.0)]
    [InlineData(2, 8, null, null, 4.0, 1.0)]
    [InlineData(5, 5, null, null, 1.0, 1.0)]
    [InlineData(6, 0, null, null, 1.0, 1.0)]
    [InlineData(9, 3, 1.0, 1.0, 1.0, 1.0)]
    public void Over_ThumbsThatAreFew_WeighAsMuchInSumUnlessTheWeightsAreGiven(int up, int down, double? desirable, double? undesirable, double upWeight, double downWeight)
    {
        TrainingExample[] all = [.. Enumerable.Range(1, up + down).Select(i => Thumb(i, [2], i <= up))];
        IObjective objective = new KtoObjective(new KtoOptions(DesirableWeight: desirable, UndesirableWeight: undesirable)).Over(all);
        TrainingExample[] step = [Thumb(1, [2], true), Thumb(1, [3], false)];
        StepPlan plan = objective.Plan(step);

        LossResult result = objective.Loss(plan, [Scored(plan, 0, -5, -5), Scored(plan, 1, -5, -5)]);

        // At r = z0 = 0 both slopes are β/4 times their weight, shared by two terms.
        Assert.Equal(-0.1 * upWeight / 8, result.Gradients[0][0], 12);
        Assert.Equal(0.1 * downWeight / 8, result.Gradients[1][0], 12);
    }

    [Fact]
    public async Task Run_Thumbs_RaisesTheAnswersPeopleLikedAndLowersTheOthers()
    {
        // Every prompt token likes the answer token 1 and dislikes the answer token 2.
        TrainingExample[] examples = [.. Enumerable.Range(0, 40).Select(i => Thumb(3 + (i % 8), [i % 2 == 0 ? 1 : 2, 0], i % 2 == 0))];
        using var reference = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        var options = new TrainerOptions { Epochs = 6, PromptsPerStep = 8, LearningRate = 0.05 };
        await Trainer(policy, reference, options, "up").RunAsync(examples, [], new StepCallback(), CancellationToken.None);

        double Change(int answer) => Enumerable.Range(3, 8).Average(prompt =>
            policy.Score([TokenSequence.PromptAnswer([prompt], [answer])])[0][0] - reference.Score([TokenSequence.PromptAnswer([prompt], [answer])])[0][0]);
        Assert.True(Change(1) > 0.2, $"{Change(1)}");
        Assert.True(Change(2) < -0.2, $"{Change(2)}");
    }

    [Fact]
    public async Task Run_AnyMicroBatchSize_GivesTheSameStepAndResumesToTheSameBits()
    {
        TrainingExample[] examples = [.. Thumbs(7, 21)];
        async Task<byte[]> RunAsync(int tokens, string name, int? stop = null)
        {
            using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
            using var reference = new BigramPolicy(ExampleMaker.Vocabulary, 4);
            var options = new TrainerOptions { Epochs = 2, PromptsPerStep = 5, LearningRate = 0.05, MicroBatchTokens = tokens };
            using var cancel = new CancellationTokenSource();
            try
            {
                await Trainer(policy, reference, options, name).RunAsync(examples, [], new StepCallback(report => { if (report.Step == stop) { cancel.Cancel(); } }), cancel.Token);
            }
            catch (OperationCanceledException)
            {
                return [];
            }

            return policy.Bytes();
        }

        byte[] whole = await RunAsync(4096, "whole");
        await RunAsync(4096, "stopped", stop: 4);

        Assert.Equal(whole, await RunAsync(4096, "stopped"));
        float[] parted = Floats(await RunAsync(16, "parted"));
        Assert.All(Floats(whole).Zip(parted), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task Run_WithoutAReference_IsRefused()
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Trainer(policy, Kto, new TrainerOptions(), "id", _folder).RunAsync([.. Thumbs(1, 3)], [], new StepCallback(), CancellationToken.None));
    }

    [Fact]
    public void ForTraining_Thumbs_AreExamplesOfMethodsThatLearnFromThem()
    {
        FeedbackRow row = new(FeedbackKind.Thumb, [new ChatMessage("user", "q")], [new Candidate("a", Label: false)], new Provenance("", 1, "thumbs", ""));
        var builder = new ExampleBuilder(new CharacterTokenizer(), 20);

        Assert.False(Assert.Single(Assert.Single(builder.ForTraining([row], RankedAnswers.AndThumbs, Kto).Examples).Candidates).Label);
        Assert.Equal(["unused-kind"], builder.ForTraining([row], RankedAnswers.Only, new SftObjective()).Skipped.Keys);
    }

    private Trainer Trainer(BigramPolicy policy, BigramPolicy reference, TrainerOptions options, string name) =>
        new(policy, new KtoObjective(new KtoOptions(Beta: 0.5)), options, "kto", Path.Combine(_folder, name)) { Reference = () => reference };

    private static double Moved(StepPlan plan, ScoredSequence[] scored, int sequence, int token, double by)
    {
        ScoredSequence[] moved = [.. scored];
        double[] values = [.. scored[sequence].LogProbabilities];
        values[token] += by;
        moved[sequence] = scored[sequence] with { LogProbabilities = values };
        return Kto.Loss(plan, moved).Loss;
    }

    private static ScoredSequence Scored(StepPlan plan, int sequence, double sum, double reference)
    {
        int length = plan.Sequences[sequence].Sequence.ScoredCount;
        return new ScoredSequence(plan.Sequences[sequence], [.. Enumerable.Repeat(sum / length, length)], reference);
    }

    private static TrainingExample Thumb(int prompt, int[] answer, bool up) => new($"row-{prompt}", [prompt], [new TrainingCandidate(answer, null, up)]);

    private static IEnumerable<TrainingExample> Thumbs(long seed, int count)
    {
        var random = new RandomStream(seed);
        return ExampleMaker.Demonstrations(seed, count).Select(e => e with { Candidates = [e.Candidates[0] with { Label = random.NextInt(2) == 0 }] }).ToArray();
    }

    private static float[] Floats(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, i * 4))];
}
