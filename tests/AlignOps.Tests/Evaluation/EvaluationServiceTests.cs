using System.Text.Json;
using System.Threading.Channels;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Inference;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Evaluation;

/// <summary>The service as a process: a command in, a job, an event out.</summary>
public sealed class EvaluationServiceTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-evaluation-").FullName;
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly IHost _host;

    public EvaluationServiceTests()
    {
        var builder = GenericHost.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") })
            .AddEvaluation()
            .AddSingleton<IPolicyEngine>(new ScriptedEngine())
            .AddSingleton(_heard)
            .AddMessageHandler<CandidateEvaluated, Listener>("pipelines")
            .AddMessageHandler<StepFailed, Listener>("pipelines");
        _host = builder.Build();
    }

    private IBlobStore Blobs => _host.Services.GetRequiredService<IBlobStore>();

    public Task InitializeAsync() => _host.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task EvaluateCandidate_ASoundDefinition_IsAnsweredWithEvidence()
    {
        var evaluated = Assert.IsType<CandidateEvaluated>(await EvaluateAsync("contains"));

        var evidence = EvidenceFile.Read(await Blobs.ReadTextAsync(evaluated.EvidenceDigest, CancellationToken.None));
        Assert.Equal((3, 0), (evaluated.Items, evaluated.Unscored));
        Assert.All(evidence.Items, item => Assert.Equal(("good", "bad", 1.0), (item.Candidate.Text, item.Champion.Text, item.VersusChampion!.Outcome)));
    }

    [Fact]
    public async Task EvaluateCandidate_AnUnknownVerifier_FailsTheStepWithItsCode()
    {
        var failed = Assert.IsType<StepFailed>(await EvaluateAsync("vibes"));
        Assert.Equal(("r-1", "unknown-verifier"), (failed.RunId, failed.Code));
    }

    [Fact]
    public async Task EvaluateCandidate_AJudgeOverHttp_ReportsBesideTheVerifierAndChangesNoRow()
    {
        await using var server = await ModelServer.StartAsync(context => context.Response.WriteAsync("{\"choices\": [{\"message\": {\"content\": \"[[A]]\"}}]}"));
        var plain = await EvidenceAsync(Assert.IsType<CandidateEvaluated>(await EvaluateAsync("contains")));
        var evaluated = Assert.IsType<CandidateEvaluated>(await EvaluateAsync("contains", Judge(server.Url), "r-2"));

        var evidence = await EvidenceAsync(evaluated);
        var report = Assert.Single(evidence.Header.Reports!);
        Assert.Equal(plain.Items.Select(item => JsonSerializer.Serialize(item)), evidence.Items.Select(item => JsonSerializer.Serialize(item)));
        Assert.Equal((3, 3, 0.5, 3), (report.Comparisons, report.Scored, report.WinRate, report.Inconsistent));
        Assert.Equal(["answered: 2", "cached: 4"], report.Calls.Select(count => $"{count.Key}: {count.Value}"));
        Assert.Equal((null, report.Sentence), (plain.Header.Reports, evaluated.Reported));
        Assert.True(await Blobs.ExistsAsync(report.Details!, CancellationToken.None));
    }

    [Fact]
    public async Task EvaluateCandidate_AJudgeThatTurnsEveryoneAway_HoldsNothingUp()
    {
        await using var server = await ModelServer.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        var evaluated = Assert.IsType<CandidateEvaluated>(await EvaluateAsync("contains", Judge(server.Url)));

        var report = Assert.Single((await EvidenceAsync(evaluated)).Header.Reports!);
        Assert.Equal((3, 0, 0), (evaluated.Items, evaluated.Unscored, report.Scored));
        Assert.Equal(3, report.Unscored["rejected"]);
    }

    private static string Judge(string url) => $$"""
        judges: [ { name: house, kind: pairwise, url: "{{url}}", model: local, budget: { tokens: 100000 }, concurrency: 2 } ]
        """;

    private async Task<EvidenceFile> EvidenceAsync(CandidateEvaluated evaluated) => EvidenceFile.Read(await Blobs.ReadTextAsync(evaluated.EvidenceDigest, CancellationToken.None));

    private async Task<object> EvaluateAsync(string verifier, string judges = "", string run = "r-1")
    {
        var definition = await TreeAsync(
            ("pipeline.yaml", $$"""
                pipeline: p
                evaluation:
                  verifier: {{verifier}}
                  suites: [ { name: behaviour, file: suites/behaviour.jsonl, role: preference, samples: 3, max_new_tokens: 8 } ]
                  {{judges}}
                """),
            ("suites/behaviour.jsonl", """{"id": "a", "prompt": [{"role": "user", "content": "q"}], "expect": {"contains": "good"}}"""));
        var tokenizer = Directory.CreateDirectory(Path.Combine(_folder, "tokenizer")).FullName;
        BpeTrainer.Train(["good bad q"], 270, ChatTemplate.Compact).Save(tokenizer);
        await File.WriteAllTextAsync(Path.Combine(tokenizer, ScriptedEngine.ProbabilityFile), "0.5");
        var checkpoint = await Blobs.PutDirectoryAsync(tokenizer, CancellationToken.None);
        var candidate = new ModelRef(checkpoint, await TreeAsync((ScriptedEngine.ProbabilityFile, "1")));
        var champion = new ModelRef(checkpoint, await TreeAsync((ScriptedEngine.ProbabilityFile, "0")));
        var command = new EvaluateCandidate(run, "p", definition, candidate, champion, champion, 1);
        await _host.Services.GetRequiredService<IDatabase>().WriteAsync((work, token) => work.SendAsync(command, $"{run}/evaluate", token), CancellationToken.None);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _heard.Reader.ReadAsync(patience.Token);
    }

    private async Task<string> TreeAsync(params (string Path, string Text)[] files)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        return await Blobs.PutDirectoryAsync(directory, CancellationToken.None);
    }

    private sealed class Listener(Channel<object> heard) : IHandle<CandidateEvaluated>, IHandle<StepFailed>
    {
        public Task HandleAsync(CandidateEvaluated message, IUnitOfWork work, CancellationToken cancellationToken) => heard.Writer.WriteAsync(message, cancellationToken).AsTask();

        public Task HandleAsync(StepFailed message, IUnitOfWork work, CancellationToken cancellationToken) => heard.Writer.WriteAsync(message, cancellationToken).AsTask();
    }
}
