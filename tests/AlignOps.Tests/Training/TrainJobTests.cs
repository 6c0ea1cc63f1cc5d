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
public sealed class TrainJobTests : IDisposable
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
        await using RoleHost host = await StartAsync("a");

        CandidateTrained trained = await TrainAsync(host, Yaml);

        Assert.Equal("r-1", trained.RunId);
        Assert.Equal(32, trained.Steps);
        Assert.Equal(32, await host.ScalarAsync<long>("select steps from training_candidate where run_id = 'r-1'"));
        Assert.Equal(trained.Candidate.Adapter, await host.ScalarAsync<string>("select adapter from training_candidate"));
        Assert.Equal("""{"unused-kind":1}""", await host.ScalarAsync<string>("select skipped from training_candidate"));
        Assert.Equal(trained.Steps + 1, (await host.Blobs.ReadTextAsync(trained.MetricsDigest, CancellationToken.None)).Count(c => c == '\n'));
        (LoraConfig lora, _) = AdapterDirectory.ReadConfig(await host.Blobs.MaterializeAsync(trained.Candidate.Adapter!, CancellationToken.None));
        Assert.Equal((4, 8.0), (lora.Rank, lora.Alpha));
        Assert.Equal(["q_proj", "v_proj"], lora.Targets);
    }

    [Fact]
    public async Task TrainCandidate_ProcessStopsAndItsWorkFolderIsLost_TheNextOneEndsInTheSameAdapter()
    {
        CandidateTrained straight;
        await using (RoleHost host = await StartAsync("straight"))
        {
            straight = await TrainAsync(host, Yaml);
        }

        using var engine = new GatedEngine(pass: 13);
        await using (RoleHost first = await StartAsync("moved", engine))
        {
            await SendAsync(first, Yaml);
            await engine.Reached.WaitAsync(TimeSpan.FromSeconds(60));
            Task stopping = first.StopAsync();
            engine.Open();
            await stopping;
        }

        Directory.Delete(Path.Combine(_folder, "moved", "jobs"), recursive: true);
        using var counting = new GatedEngine(pass: int.MaxValue);
        await using RoleHost second = await StartAsync("moved", counting);

        Assert.Equal(straight, await second.HearAsync<CandidateTrained>());
        Assert.InRange(counting.Passes, 1, 32 - 12);
    }

    [Fact]
    public async Task TrainCandidate_NothingToLearn_FailsTheStepWithItsReason()
    {
        await using RoleHost host = await StartAsync("a");

        await SendAsync(host, Yaml.Replace("rrhf: {", "max_tokens: 3\n  rrhf: {", StringComparison.Ordinal));

        StepFailed failed = await host.HearAsync<StepFailed>();
        Assert.Equal(("r-1", "training.train", "nothing-to-learn"), (failed.RunId, failed.Step, failed.Code));
        Assert.Contains("too-long", failed.Reason);
    }

    private static async Task<CandidateTrained> TrainAsync(RoleHost host, string yaml)
    {
        await SendAsync(host, yaml);
        return await host.HearAsync<CandidateTrained>();
    }

    private static async Task SendAsync(RoleHost host, string yaml)
    {
        FeedbackRow thumb = TinyModel.Rankings()[0] with { Kind = FeedbackKind.Thumb };
        FeedbackRow[] rows = TinyModel.Rankings();
        (string dataset, ModelRef start) = await host.StoreAsync([.. rows[..7], thumb], rows[7..]);
        await host.SendAsync(new TrainCandidate("r-1", "tiny", await host.DefineAsync(yaml), dataset, start, start, Seed: 42), "r-1/train");
    }

    private Task<RoleHost> StartAsync(string name, IPolicyEngine? engine = null) =>
        RoleHost.StartAsync(Path.Combine(_folder, name), engine ?? new CpuPolicyEngine(threads: 2));
}
