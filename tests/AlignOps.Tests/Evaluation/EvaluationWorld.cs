using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Jobs;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Qualification.Standings;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignOps.Tests.Evaluation;

/// <summary>The evaluation's job over a database and a blob store of its own, with models by script.</summary>
internal sealed class EvaluationWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public EvaluationWorld()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(Folder, "data") })
            .AddEvaluation()
            .BuildServiceProvider();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("alignops-evaluation-").FullName;

    public ScriptedEngine Engine { get; } = new();

    public EvaluationSection Section { get; set; } = new();

    public JobProgress Progress { get; } = new();

    /// <summary>What the last evaluation said of itself.</summary>
    public string Summary { get; private set; } = "";

    public IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    public async Task StartAsync()
    {
        _services.GetRequiredService<DataFolder>().Prepare();
        await _services.GetRequiredService<MigrationRunner>().RunAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public void Write(string file, params IEnumerable<string> lines) => File.WriteAllLines(Path.Combine(Folder, file), lines);

    public Task ForgetAnswersAsync() => _services.GetRequiredService<IDatabase>().WriteAsync(
        (work, _) => work.Connection.ExecuteAsync("delete from evaluation_answers", transaction: work.Transaction), CancellationToken.None);

    public async Task<EvidenceFile> EvaluateAsync(EvaluateCandidate command, CancellationToken cancellationToken = default)
    {
        var handler = new EvaluateJob(
            new Definitions(Section, Folder), Blobs, Engine, new VerifierCatalogue([]), _services.GetRequiredService<AnswerCache>(), _services.GetRequiredService<JudgePanel>(), _services.GetRequiredService<JudgeWatch>(), _services.GetRequiredService<JudgeOpener>(), TimeProvider.System,
            NullLogger<EvaluateJob>.Instance);
        var result = await handler.RunAsync(new JobContext("j", command.RunId, JsonSerializer.Serialize(command), 1, Progress.Checkpoint, Folder, Progress), cancellationToken);
        Summary = result.Summary;
        var digest = await _services.GetRequiredService<IDatabase>().WriteAsync(
            async (work, token) =>
            {
                await work.Connection.ExecuteAsync("delete from evaluation_evidence", transaction: work.Transaction);
                await result.Commit(work, token);
                return await work.Connection.QuerySingleAsync<string>("select evidence_digest from evaluation_evidence where run_id = @RunId", new { command.RunId }, work.Transaction);
            },
            cancellationToken);
        return EvidenceFile.Read(await Blobs.ReadTextAsync(digest, cancellationToken));
    }

    /// <param name="candidate">The probability with which the model answers "good"; likewise the others.</param>
    public async Task<EvaluateCandidate> CommandAsync(double candidate, double champion, double anchor)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Folder, "checkpoint")).FullName;
        BpeTrainer.Train(["good bad question one two three"], 300, ChatTemplate.Compact).Save(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, ScriptedEngine.ProbabilityFile), "0.6");
        var checkpoint = await Blobs.PutDirectoryAsync(directory, CancellationToken.None);
        return new EvaluateCandidate(
            "r-1", "p", "definition", await ModelAsync(checkpoint, "candidate", candidate), await ModelAsync(checkpoint, "champion", champion), await ModelAsync(checkpoint, "anchor", anchor), 7);
    }

    public async Task<ModelRef> ModelAsync(string checkpoint, string name, double probability)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "name.txt"), name);
        await File.WriteAllTextAsync(Path.Combine(directory, ScriptedEngine.ProbabilityFile), probability.ToString(CultureInfo.InvariantCulture));
        return new ModelRef(checkpoint, await Blobs.PutDirectoryAsync(directory, CancellationToken.None));
    }

    private sealed class Definitions(EvaluationSection section, string directory) : IPipelineDefinitions
    {
        public Task<T> SectionAsync<T>(string definitionDigest, CancellationToken cancellationToken) where T : class, new() => Task.FromResult((T)(object)section);

        public Task<string> DirectoryAsync(string definitionDigest, CancellationToken cancellationToken) => Task.FromResult(directory);
    }

    internal sealed class JobProgress : IJobProgress
    {
        public double Fraction { get; private set; }

        public string? Checkpoint { get; private set; }

        public Task ReportAsync(double fraction, string detail, CancellationToken cancellationToken)
        {
            Fraction = fraction;
            return Task.CompletedTask;
        }

        public Task CheckpointAsync(string checkpoint, CancellationToken cancellationToken)
        {
            Checkpoint = checkpoint;
            return Task.CompletedTask;
        }
    }
}
