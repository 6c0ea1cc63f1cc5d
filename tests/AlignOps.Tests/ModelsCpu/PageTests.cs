using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Generation;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Keys and values in pages: shared where prompts begin alike, bounded, given back, and without a trace in the answers.</summary>
public sealed class PageTests
{
    private const int Shared = 70;
    private readonly PolicyConfig _config = TinyPolicies.Config("grouped-tied") with { EosTokenIds = [] };

    [Fact]
    public void Generate_PromptsThatBeginAlike_ShareWholePagesAndAnswerAsAlone()
    {
        List<GenerationRequest> requests = Requests(12, newTokens: 10);
        Generator generator = Create();

        IReadOnlyList<GenerationResult> together = generator.Run(requests, default);

        AssertSame(together, [.. requests.Select(request => Create().Run([request], default)[0])]);
        Assert.Equal(0, generator.Pages.Used);

        // Two pages of the beginning, once; of the other request's 80 and a few positions, one page each.
        Assert.InRange(generator.Pages.Held, 3, 2 + requests.Count);
    }

    [Fact]
    public void Generate_BeginningSeenInAnEarlierCall_IsFoundAgainAndChangesNothing()
    {
        List<GenerationRequest> requests = Requests(6, newTokens: 8);
        Generator generator = Create();
        IReadOnlyList<GenerationResult> first = generator.Run(requests, default);
        int held = generator.Pages.Held, idle = generator.Pages.Idle;

        AssertSame(first, generator.Run(requests, default));
        AssertSame(first.Reverse(), generator.Run([.. Enumerable.Reverse(requests)], default));

        Assert.Equal(2, idle);
        Assert.Equal(held, generator.Pages.Held);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void Generate_FewPages_StaysWithinThemAndAnswersAlike(int most)
    {
        List<GenerationRequest> requests = [.. Requests(6, newTokens: 25), .. TinyPolicies.Requests(_config, 30)];
        Generator generator = Create(most);

        AssertSame(Create().Run(requests, default), generator.Run(requests, default));
        AssertSame(Create().Run(requests, default), generator.Run(requests, default));

        // One request is served whatever it takes.
        Assert.InRange(generator.Pages.Held, 1, Math.Max(most, 4));
        Assert.Equal(0, generator.Pages.Used);
    }

    [Fact]
    public void Generate_PromptOfManySteps_AnswersAsInOne()
    {
        PolicyConfig config = _config with { MaxPositions = 2000 };
        var random = new Random(3);
        int[] prompt = [.. Enumerable.Range(0, 1500).Select(_ => random.Next(config.VocabSize))];
        List<GenerationRequest> requests = [.. Enumerable.Range(0, 4).Select(i => new GenerationRequest(i % 2 == 0 ? prompt : prompt[..1100], 5, 1, 1, i))];
        DecoderModel model = DecoderModel.ForInference(config, new SeededWeights(config, 4), adapter: null);
        var generator = new Generator(model, new Machine(new WorkerPool(2)));

        IReadOnlyList<GenerationResult> found = generator.Run(requests, default);

        AssertSame(found, [.. requests.Select(request => new Generator(model, new Machine(new WorkerPool(1))).Run([request], default)[0])]);
        Assert.InRange(generator.Pages.Held, 47, 47 + 6);
    }

    [Fact]
    public void Generate_StoppedByItsListenerOrCancelled_GivesEveryPageBack()
    {
        Generator generator = Create();
        var cancel = new CancellationTokenSource();
        List<GenerationRequest> requests = Requests(5, newTokens: 20);
        requests[3] = requests[3] with { Listener = new Ear(() => cancel.Cancel()) };

        Assert.Throws<OperationCanceledException>(() => generator.Run(requests, cancel.Token));

        Assert.Equal(0, generator.Pages.Used);
        requests[3] = requests[3] with { Listener = null };
        AssertSame(Create().Run(requests, default), generator.Run(requests, default));
    }

    [Fact]
    public void Leave_MorePagesThanAnEighth_LetsTheOldestGo()
    {
        var pool = new PagePool(new PageLayout(_config), most: 16, keep: true);
        for (int token = 0; token < 5; token++)
        {
            Page page = pool.Take(new PageKey(null, [token]));
            page.Filled = true;
            pool.Leave(page);
        }

        Assert.Equal(2, pool.Idle);
        Assert.Null(pool.Find(new PageKey(null, [2])));
        Assert.NotNull(pool.Find(new PageKey(null, [4])));
        Assert.InRange(pool.Held, 2, 3);
    }

    private Generator Create(int? most = null) =>
        new(DecoderModel.ForInference(_config, new SeededWeights(_config, 4), adapter: null), new Machine(new WorkerPool(2)), most);

    /// <summary>A common beginning, then what is each request's own; every third asks the same as the one before.</summary>
    private List<GenerationRequest> Requests(int count, int newTokens)
    {
        var random = new Random(1);
        int[] beginning = [.. Enumerable.Range(0, Shared).Select(_ => random.Next(_config.VocabSize))];
        int[] prompt = beginning;
        return [.. Enumerable.Range(0, count).Select(i => new GenerationRequest(
            prompt = i % 3 == 2 ? prompt : [.. beginning, .. Enumerable.Range(0, i % 5).Select(_ => random.Next(_config.VocabSize))], newTokens, i % 2, 1, i))];
    }

    private static void AssertSame(IEnumerable<GenerationResult> expected, IEnumerable<GenerationResult> found) => Assert.All(expected.Zip(found), pair =>
    {
        Assert.Equal(pair.First.Tokens, pair.Second.Tokens);
        Assert.Equal(pair.First.LogProbabilities, pair.Second.LogProbabilities);
    });

    private sealed class Ear(Action heard) : ITokenListener
    {
        public bool Hear(DrawnToken token)
        {
            heard();
            return true;
        }
    }
}
