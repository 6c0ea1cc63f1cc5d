using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>The reference policy is asked once for each sequence, ever.</summary>
public sealed class ReferenceScoresTests : IDisposable
{
    private static readonly TrainingExample[] Examples = [.. ExampleMaker.Rankings(7, 21, maxCandidates: 2)];

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-reference-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_FourEpochs_ScoresEachSequenceOnceAndLetsTheReferenceGo()
    {
        var reference = new Counted();

        await TrainAsync(reference, "a", epochs: 4);

        Assert.Equal(Examples.Sum(e => e.Candidates.Count), reference.Sequences.Count);
        Assert.Equal(reference.Sequences.Count, reference.Sequences.Distinct().Count());
        Assert.Equal((1, 1), (reference.Loads, reference.Disposals));
    }

    [Fact]
    public async Task Run_SecondTrainingOnTheSamePair_NeverLoadsTheReference()
    {
        byte[] first = await TrainAsync(new Counted(), "a");
        var again = new Counted();

        byte[] second = await TrainAsync(again, "b");

        Assert.Equal(0, again.Loads);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Run_AnotherReferenceOrOtherRows_ScoresAnew()
    {
        await TrainAsync(new Counted(), "a");
        Counted other = new(), fewer = new();

        await TrainAsync(other, "b", name: "another reference");
        await TrainAsync(fewer, "c", examples: Examples[..10]);

        Assert.True(other.Sequences.Count > 0 && fewer.Sequences.Count > 0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-13)]
    [InlineData(28 * 5 + 3)]
    public async Task Run_FileTornByADyingProcess_ScoresWhatWasLostAndNoMore(int length)
    {
        byte[] whole = await TrainAsync(new Counted(), "a");
        string file = Directory.GetFiles(Shared).Single();
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(length < 0 ? stream.Length + length : length);
        }

        var again = new Counted();
        byte[] mended = await TrainAsync(again, "b");

        Assert.Equal(length < 0 ? 1 : Examples.Sum(e => e.Candidates.Count) - 5, again.Sequences.Count);
        Assert.Equal(whole, mended);
    }

    [Fact]
    public async Task Run_FileWithAFlippedBit_DoesNotBelieveIt()
    {
        byte[] whole = await TrainAsync(new Counted(), "a");
        string file = Directory.GetFiles(Shared).Single();
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[28 * 3 + 20] ^= 0x10;
        await File.WriteAllBytesAsync(file, bytes);

        Assert.Equal(whole, await TrainAsync(new Counted(), "b"));
    }

    [Fact]
    public async Task Run_AnotherTrainingHasTheFile_BothTrain()
    {
        byte[] whole = await TrainAsync(new Counted(), "a");
        using var held = new FileStream(Directory.GetFiles(Shared).Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var alone = new Counted();

        Assert.Equal(whole, await TrainAsync(alone, "b"));
        Assert.Equal(1, alone.Loads);
    }

    private string Shared => Path.Combine(_folder, "shared");

    private async Task<byte[]> TrainAsync(Counted reference, string folder, int epochs = 2, string name = "reference", TrainingExample[]? examples = null)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 4);
        var options = new TrainerOptions { Epochs = epochs, PromptsPerStep = 4, LearningRate = 0.05, MicroBatchTokens = 40 };
        await new Trainer(policy, new Margin(), options, "id", Path.Combine(_folder, folder)) { Reference = reference.Load, ReferenceFolder = Shared, ReferenceName = name }
            .RunAsync(examples ?? Examples, [], new StepCallback(), CancellationToken.None);
        return policy.Bytes();
    }

    /// <summary>A reference that writes down what it is asked.</summary>
    private sealed class Counted
    {
        public int Loads { get; private set; }

        public int Disposals { get; private set; }

        public List<string> Sequences { get; } = [];

        public IPolicyModel Load()
        {
            Loads++;
            return new Policy(this);
        }

        private sealed class Policy(Counted counted) : IPolicyModel
        {
            private readonly BigramPolicy _policy = new(ExampleMaker.Vocabulary, 6);

            public PolicyConfig Config => _policy.Config;

            public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
            {
                counted.Sequences.AddRange(sequences.Select(s => string.Join(' ', s.Tokens) + "/" + s.ScoredCount));
                return _policy.Score(sequences);
            }

            public IReadOnlyList<AlignOps.Models.Generation.GenerationResult> Generate(
                IReadOnlyList<AlignOps.Models.Generation.GenerationRequest> requests, CancellationToken cancellationToken = default) => _policy.Generate(requests, cancellationToken);

            public void Dispose() => counted.Disposals++;
        }
    }

    /// <summary>L = Σ (r)² / 2 over all answers, r = s − s_ref: needs every reference score.</summary>
    private sealed class Margin : IObjective
    {
        public string Name => "margin";

        public bool NeedsReference => true;

        public StepPlan Plan(IReadOnlyList<TrainingExample> examples) =>
            new(examples, [.. examples.SelectMany((e, i) => Enumerable.Range(0, e.Candidates.Count).Select(c => new PlannedSequence(i, c, e.Sequence(c))))]);

        public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored) => new(
            scored.Sum(s => Math.Pow(s.Sum - s.Reference, 2) / 2),
            [.. scored.Select(s => s.LogProbabilities.Select(_ => s.Sum - s.Reference).ToArray())],
            []);
    }
}
