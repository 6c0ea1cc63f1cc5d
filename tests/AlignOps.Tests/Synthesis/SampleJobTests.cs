using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Models.Cpu;
using AlignOps.Platform.Blobs;
using AlignOps.Tests.Training;

namespace AlignOps.Tests.Synthesis;

/// <summary>The synthesis role as a process: a command in, ranked rows or a reason out.</summary>
public sealed class SampleJobTests : IDisposable
{
    private const string Yaml = "pipeline: tiny\nsynthesis: { method: sampled, samples: 6, max_prompts: 5, max_new_tokens: 12, verifier: letters }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-synthesis-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Synthesize_VerifierAgrees_PublishesRankedRowsOfTheChampion()
    {
        await using RoleHost host = await StartAsync();

        SynthesisCompleted completed = await SynthesizeAsync(host, Yaml, Feedback(number => true));

        await using Stream content = await host.Blobs.OpenAsync(completed.SyntheticDigest, CancellationToken.None);
        IReadOnlyList<FeedbackRow> rows = await DatasetJson.ReadRowsAsync(content, CancellationToken.None);
        Assert.Equal(completed.Rows, rows.Count);
        Assert.InRange(rows.Count, 1, 5);
        Assert.All(rows, row => Assert.Equal(("synthetic", 1), (row.Provenance.Format, row.Provenance.SyntheticDepth)));
        Assert.All(rows, row => Assert.StartsWith("what ", row.Prompt[0].Content, StringComparison.Ordinal));
        Assert.Contains("agrees with the feedback on 100.0 % of 16 pairs in 16 rows", completed.Note);
        Assert.Equal(completed.Rows, await host.ScalarAsync<long>("select synthetic_rows from synthesis_result where run_id = 'r-1'"));
    }

    [Fact]
    public async Task Synthesize_FlippedFeedback_AddsNothingAndSaysWhy()
    {
        await using RoleHost host = await StartAsync();

        SynthesisCompleted completed = await SynthesizeAsync(host, Yaml, Feedback(number => false));

        Assert.Equal(0, completed.Rows);
        Assert.StartsWith("No rows added: the verifier agrees with the feedback on 0.0 % of 16 pairs in 16 rows (95 % lower bound 0.0 %)", completed.Note);
        Assert.Equal("", await host.Blobs.ReadTextAsync(completed.SyntheticDigest, CancellationToken.None));
    }

    [Fact]
    public async Task Synthesize_ReplayAgreesButTheBatchIsRandom_AddsNothing()
    {
        await using RoleHost host = await StartAsync();
        FeedbackRow[] replay = [.. Feedback(number => true).Select(row => row with { Prompt = [new("user", "again " + row.Prompt[0].Content)], Provenance = row.Provenance with { BatchId = "b-0" } })];

        SynthesisCompleted completed = await SynthesizeAsync(host, Yaml, [.. replay, .. replay, .. Feedback(number => number % 2 == 0)]);

        Assert.Equal(0, completed.Rows);
        Assert.Contains("50.0 % of 16 pairs", completed.Note);
    }

    [Fact]
    public async Task Synthesize_MethodNone_AddsNothing()
    {
        await using RoleHost host = await StartAsync();

        SynthesisCompleted completed = await SynthesizeAsync(host, "pipeline: tiny\nsynthesis: { method: none }\n", Feedback(number => true));

        Assert.Equal((0, "The pipeline asks for no synthesis."), (completed.Rows, completed.Note));
    }

    [Fact]
    public async Task Synthesize_UnknownVerifier_FailsTheStep()
    {
        await using RoleHost host = await StartAsync();

        await SendAsync(host, Yaml.Replace("letters", "gone", StringComparison.Ordinal), Feedback(number => true));

        StepFailed failed = await host.HearAsync<StepFailed>();
        Assert.Equal(("synthesis.sample", "unknown-verifier"), (failed.Step, failed.Code));
    }

    /// <summary>People and the verifier like answers with more letters; where a row does not agree, people say the opposite.</summary>
    private static FeedbackRow[] Feedback(Func<int, bool> agrees) =>
    [
        .. Enumerable.Range(0, 16).Select(number =>
        {
            string question = TinyModel.Questions[number % 8] + (number < 8 ? "" : " now");
            Candidate[] candidates = [new("nobody", agrees(number) ? 1 : 0), new("bern", agrees(number) ? 0 : 1)];
            return new FeedbackRow(FeedbackKind.Ranking, [new("user", $"what {question}")], candidates, new Provenance("b-1", number, "test", ""));
        }),
    ];

    private static async Task<SynthesisCompleted> SynthesizeAsync(RoleHost host, string yaml, FeedbackRow[] rows)
    {
        await SendAsync(host, yaml, rows);
        return await host.HearAsync<SynthesisCompleted>();
    }

    private static async Task SendAsync(RoleHost host, string yaml, FeedbackRow[] rows)
    {
        (string dataset, ModelRef champion) = await host.StoreAsync(rows[..^2], rows[^2..]);
        await host.SendAsync(new Synthesize("r-1", "tiny", await host.DefineAsync(yaml), dataset, champion, Seed: 42), "r-1/synthesize");
    }

    private Task<RoleHost> StartAsync() => RoleHost.StartAsync(_folder, new CpuPolicyEngine(threads: 2));
}
