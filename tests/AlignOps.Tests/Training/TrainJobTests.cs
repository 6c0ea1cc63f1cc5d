using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Feedback;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;

namespace AlignOps.Tests.Training;

/// <summary>The training role as a process: a command in, a candidate out, whatever happens between.</summary>
public sealed class TrainJobTests(RoleHostFixture fixture) : IClassFixture<RoleHostFixture>, IDisposable
{
    private const string Yaml =
        """
        pipeline: tiny
        training:
          method: rrhf
          epochs: 8
          prompts_per_step: 2
          learning_rate: 5.0e-3
          checkpoint_every: 5
          lora: { rank: 4, alpha: 8, targets: [q_proj, v_proj] }
          rrhf: { sft_min_score: 1 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-role-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TrainCandidate_OnADataset_PublishesTheCandidate()
    {
        RoleHost host = fixture.Host;

        CandidateTrained trained = await TrainAsync(host, "r-1", Yaml);

        Assert.Equal(32, trained.Steps);
        Assert.Equal(32, await host.ScalarAsync<long>("select steps from training_candidate where run_id = @runId", "r-1"));
        Assert.Equal(trained.Candidate.Adapter, await host.ScalarAsync<string>("select adapter from training_candidate where run_id = @runId", "r-1"));
        Assert.Equal("""{"unused-kind":1}""", await host.ScalarAsync<string>("select skipped from training_candidate where run_id = @runId", "r-1"));
        Assert.Equal(trained.Steps + 1, (await host.Blobs.ReadTextAsync(trained.MetricsDigest, CancellationToken.None)).Count(c => c == '\n'));
        (LoraConfig lora, _) = AdapterDirectory.ReadConfig(await host.Blobs.MaterializeAsync(trained.Candidate.Adapter!, CancellationToken.None));
        Assert.Equal((4, 8.0), (lora.Rank, lora.Alpha));
        Assert.Equal(["q_proj", "v_proj"], lora.Targets);
    }

    [Fact]
    public async Task TrainCandidate_ProcessStopsAndItsWorkFolderIsLost_TheNextOneEndsInTheSameAdapter()
    {
        CandidateTrained straight = await TrainAsync(fixture.Host, "r-3", Yaml);
        using var engine = new GatedEngine(pass: 13);
        await using (RoleHost first = await StartAsync("moved", engine))
        {
            await SendAsync(first, "r-3", Yaml);
            await engine.Reached.WaitAsync(TimeSpan.FromSeconds(60));
            Task stopping = first.StopAsync();
            engine.Open();
            await stopping;
        }

        Directory.Delete(Path.Combine(_folder, "moved", "jobs"), recursive: true);
        using var counting = new GatedEngine(pass: int.MaxValue);
        await using RoleHost second = await StartAsync("moved", counting);

        Assert.Equal(straight, await second.HearAsync<CandidateTrained>("r-3"));
        Assert.InRange(counting.Passes, 1, 32 - 12);
    }

    [Fact]
    public async Task TrainCandidate_NothingToLearn_FailsTheStepWithItsReason()
    {
        RoleHost host = fixture.Host;

        await SendAsync(host, "r-2", Yaml.Replace("rrhf: {", "max_tokens: 3\n  rrhf: {", StringComparison.Ordinal));

        StepFailed failed = await host.HearAsync<StepFailed>("r-2");
        Assert.Equal(("r-2", "training.train", "nothing-to-learn"), (failed.RunId, failed.Step, failed.Code));
        Assert.Contains("too-long", failed.Reason);
    }

    private static async Task<CandidateTrained> TrainAsync(RoleHost host, string runId, string yaml)
    {
        await SendAsync(host, runId, yaml);
        return await host.HearAsync<CandidateTrained>(runId);
    }

    private static async Task SendAsync(RoleHost host, string runId, string yaml)
    {
        FeedbackRow thumb = TinyModel.Rankings()[0] with { Kind = FeedbackKind.Thumb };
        FeedbackRow[] rows = TinyModel.Rankings();
        (string dataset, ModelRef start) = await host.StoreAsync([.. rows[..7], thumb], rows[7..]);
        await host.SendAsync(new TrainCandidate(runId, "tiny", await host.DefineAsync(yaml), dataset, start, start, Seed: 42), $"{runId}/train");
    }

    private Task<RoleHost> StartAsync(string name, IPolicyEngine? engine = null) =>
        RoleHost.StartAsync(Path.Combine(_folder, name), engine ?? new CpuPolicyEngine(threads: 2));
}
