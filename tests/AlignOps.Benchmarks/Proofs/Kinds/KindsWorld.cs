using System.Threading.Channels;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Definition;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Examples;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>The evaluation service on the embedded platform, with a base and a reward model trained here and models that answer in a manner.</summary>
internal sealed class KindsWorld : IAsyncDisposable
{
    private const string Question = "where is parcel";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ProofFolder _folder = new() { Keep = false };
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();
    private readonly IHost _host;

    public KindsWorld()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddPlatform(new PlatformOptions { DataFolder = _folder.Below("data") })
            .AddEvaluation()
            .AddSingleton<IPolicyEngine>(new AnsweringEngine(new CpuPolicyEngine(threads: 2)))
            .AddSingleton(_heard)
            .AddMessageHandler<CandidateEvaluated, Listener>("pipelines")
            .AddMessageHandler<StepFailed, Listener>("pipelines");
        _host = builder.Build();
    }

    public string Base => _folder.Below("base");

    public string Reward => _folder.Below("reward");

    public IServiceProvider Services => _host.Services;

    private IBlobStore Blobs => Services.GetRequiredService<IBlobStore>();

    /// <summary>Trains the base, and on rankings of kind above curt answers the reward model; then starts the service.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var engine = new CpuPolicyEngine(threads: 2);
        string[] answers = [.. Manners.KindAnswers, .. Manners.CurtAnswers];
        var tokenizer = BpeTrainer.Train([Question, "and when", .. answers], 320, ChatTemplate.Compact);
        var config = new PolicyConfig
        {
            VocabSize = tokenizer.VocabularySize, HiddenSize = 32, IntermediateSize = 48, LayerCount = 2, HeadCount = 2, KeyValueHeadCount = 1, HeadDim = 16, MaxPositions = 512, TieWordEmbeddings = true,
            EosTokenIds = [tokenizer.EndOfTurnToken],
        };
        ChatMessage[] prompt = [new("user", Question)];
        var pretraining = new PretrainRun(engine, config, tokenizer, new TrainerOptions { Epochs = 4, LearningRate = 1e-2, Seed = 3 });
        await pretraining.RunAsync([.. answers.Select(answer => PretrainExamples.Dialogue(answer, tokenizer, prompt, answer))], _folder.Below("work"), Base, new StepCallback(), cancellationToken);

        FeedbackRow[] rows = [.. Enumerable.Range(0, 48).Select(i => Ranking(i, Manners.KindAnswers[i % 3], Manners.CurtAnswers[i / 3 % 4]))];
        await new AdapterTraining(engine, new VerifierCatalogue([])).RunAsync(
            new AdapterTrainingRequest(new TrainingSection { Method = "reward", Epochs = 12, PromptsPerStep = 8, LearningRate = 1e-2 }, 5, Base, null, "kinds", rows, rows, _folder.Below("reward-work"), Reward),
            new StepCallback(), cancellationToken);
        await _host.StartAsync(cancellationToken);
    }

    /// <summary>One candidate against one champion, through the service's command, job and event.</summary>
    public async Task<EvidenceFile> EvaluateAsync(string run, string definition, string candidate, string champion, CancellationToken cancellationToken)
    {
        var digest = await TreeAsync(("pipeline.yaml", definition), ("suites/parcels.jsonl", KindsPipeline.Suite));
        var checkpoint = await Blobs.PutDirectoryAsync(Base, cancellationToken);
        var ours = new ModelRef(checkpoint, await TreeAsync((AnsweringEngine.MannerFile, candidate)));
        var theirs = new ModelRef(checkpoint, await TreeAsync((AnsweringEngine.MannerFile, champion)));
        var command = new EvaluateCandidate(run, "kinds", digest, ours, theirs, theirs, 1);
        await Services.GetRequiredService<IDatabase>().WriteAsync((work, token) => work.SendAsync(command, $"{run}/evaluate", token), cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        return await _heard.Reader.ReadAsync(limit.Token) switch
        {
            CandidateEvaluated evaluated => EvidenceFile.Read(await Blobs.ReadTextAsync(evaluated.EvidenceDigest, cancellationToken)),
            StepFailed failed => throw new InvalidOperationException($"{failed.Code}: {failed.Reason}"),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    /// <summary>The section as the worker reads it.</summary>
    public async Task<EvaluationSection> SectionAsync(string definition, CancellationToken cancellationToken) =>
        await Services.GetRequiredService<IPipelineDefinitions>().SectionAsync<EvaluationSection>(await TreeAsync(("pipeline.yaml", definition)), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _folder.Dispose();
    }

    private static FeedbackRow Ranking(int number, string better, string worse) =>
        new(FeedbackKind.Ranking, [new ChatMessage("user", FormattableString.Invariant($"{Question} {number}")), .. (ChatMessage[])(number % 2 == 0 ? [] : [new("assistant", worse), new("user", "and when")])], [new Candidate(better, 1), new Candidate(worse, 0)], new Provenance("b-1", 1, "proof", ""));

    private async Task<string> TreeAsync(params (string Path, string Text)[] files)
    {
        var directory = _folder.Below(Guid.NewGuid().ToString("N"));
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
