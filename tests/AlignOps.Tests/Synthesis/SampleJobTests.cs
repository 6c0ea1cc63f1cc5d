using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Platform.Blobs;
using AlignOps.Tests.Training;

namespace AlignOps.Tests.Synthesis;

/// <summary>The synthesis role as a process: a command in, ranked rows or a reason out.</summary>
public sealed class SampleJobTests(RoleHostFixture fixture) : IClassFixture<RoleHostFixture>
{
    private const string Yaml = "pipeline: tiny\nsynthesis: { method: sampled, samples: 6, max_prompts: 5, max_new_tokens: 12, verifier: letters }\n";

    private RoleHost Host => fixture.Host;

    [Fact]
    public async Task Synthesize_VerifierAgrees_PublishesRankedRowsOfTheChampion()
    {
        SynthesisCompleted completed = await SynthesizeAsync("r-1", Yaml, Feedback(number => true));

        await using Stream content = await Host.Blobs.OpenAsync(completed.SyntheticDigest, CancellationToken.None);
        IReadOnlyList<FeedbackRow> rows = await DatasetJson.ReadRowsAsync(content, CancellationToken.None);
        Assert.Equal(completed.Rows, rows.Count);
        Assert.InRange(rows.Count, 1, 5);
        Assert.All(rows, row => Assert.Equal(("synthetic", 1), (row.Provenance.Format, row.Provenance.SyntheticDepth)));
        Assert.All(rows, row => Assert.StartsWith("what ", row.Prompt[0].Content, StringComparison.Ordinal));
        Assert.Contains("agrees with the feedback on 100.0 % of 16 pairs in 16 rows", completed.Note);
        Assert.Equal(completed.Rows, await Host.ScalarAsync<long>("select synthetic_rows from synthesis_result where run_id = @runId", "r-1"));
    }

    [Fact]
    public async Task Synthesize_FlippedFeedback_AddsNothingAndSaysWhy()
    {
        SynthesisCompleted completed = await SynthesizeAsync("r-2", Yaml, Feedback(number => false));

        Assert.Equal(0, completed.Rows);
        Assert.StartsWith("No rows added: the verifier agrees with the feedback on 0.0 % of 16 pairs in 16 rows (95 % lower bound 0.0 %)", completed.Note);
        Assert.Equal("", await Host.Blobs.ReadTextAsync(completed.SyntheticDigest, CancellationToken.None));
    }

    [Fact]
    public async Task Synthesize_ReplayAgreesButTheBatchIsRandom_AddsNothing()
    {
        FeedbackRow[] replay = [.. Feedback(number => true).Select(row => row with { Prompt = [new("user", "again " + row.Prompt[0].Content)], Provenance = row.Provenance with { BatchId = "b-0" } })];

        SynthesisCompleted completed = await SynthesizeAsync("r-3", Yaml, [.. replay, .. replay, .. Feedback(number => number % 2 == 0)]);

        Assert.Equal(0, completed.Rows);
        Assert.Contains("50.0 % of 16 pairs", completed.Note);
    }

    [Fact]
    public async Task Synthesize_MethodNone_AddsNothing()
    {
        SynthesisCompleted completed = await SynthesizeAsync("r-4", "pipeline: tiny\nsynthesis: { method: none }\n", Feedback(number => true));

        Assert.Equal((0, "The pipeline asks for no synthesis."), (completed.Rows, completed.Note));
    }

    [Fact]
    public async Task Synthesize_UnknownVerifier_FailsTheStep()
    {
        await SendAsync("r-5", Yaml.Replace("letters", "gone", StringComparison.Ordinal), Feedback(number => true));

        StepFailed failed = await Host.HearAsync<StepFailed>("r-5");
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

    private async Task<SynthesisCompleted> SynthesizeAsync(string runId, string yaml, FeedbackRow[] rows)
    {
        await SendAsync(runId, yaml, rows);
        return await Host.HearAsync<SynthesisCompleted>(runId);
    }

    private async Task SendAsync(string runId, string yaml, FeedbackRow[] rows)
    {
        (string dataset, ModelRef champion) = await Host.StoreAsync(rows[..^2], rows[^2..]);
        await Host.SendAsync(new Synthesize(runId, "tiny", await Host.DefineAsync(yaml), dataset, champion, Seed: 42), $"{runId}/synthesize");
    }
}
