using AlignOps.Contracts;
using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Http;
using AlignOps.Pipelines.Definitions;
using AlignOps.Pipelines.Reconciliation;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Pipelines.Compliance;

/// <summary>
/// The Pipelines service on a real database, without a bus: the driver takes messages out of the outbox and delivers them, so that a test decides
/// what arrives, when, how often and in which order. The other services are a script.
/// </summary>
internal sealed class LoopDriver : IAsyncDisposable
{
    public const string Pipeline = "support";
    private readonly string _folder;
    private readonly ServiceProvider _services;
    private long _batches;

    private LoopDriver(string folder, ServiceProvider services)
    {
        _folder = folder;
        _services = services;
        Reply = DefaultReply;
    }

    public DrivenClock Clock => (DrivenClock)_services.GetRequiredService<TimeProvider>();

    public IDatabase Database => _services.GetRequiredService<IDatabase>();

    public PipelineQueries Queries => _services.GetRequiredService<PipelineQueries>();

    public Reconciler Reconciler => _services.GetRequiredService<Reconciler>();

    public DefinitionCatalog Definitions => _services.GetRequiredService<DefinitionCatalog>();

    public IServiceProvider Services => _services;

    public string DefinitionFile => Path.Combine(_folder, "pipelines", Pipeline, "pipeline.yaml");

    /// <summary>What the other services answer a command; null: not yet.</summary>
    public Func<object, object?> Reply { get; set; }

    /// <summary>What the gate decides on a run's batches.</summary>
    public Func<IReadOnlyList<string>, GateDecision> Gate { get; set; } = _ => GateDecision.Promote;

    /// <summary>Every command that was sent, in order.</summary>
    public List<object> Commands { get; } = [];

    public static async Task<LoopDriver> CreateAsync(string yaml = "pipeline: support\n", string? postgres = null, Action<IServiceCollection>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-loop-").FullName;
        var pipeline = Directory.CreateDirectory(Path.Combine(folder, "pipelines", Pipeline)).FullName;
        await File.WriteAllTextAsync(Path.Combine(pipeline, "pipeline.yaml"), yaml);

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new DrivenClock(new DateTimeOffset(2026, 11, 16, 12, 0, 0, TimeSpan.Zero)));
        services.AddPlatform(new PlatformOptions { DataFolder = Path.Combine(folder, "data"), Database = postgres });
        services.AddPipelines();
        services.Configure<PipelinesOptions>(options => options.PipelinesDirectory = Path.Combine(folder, "pipelines"));
        AddSurroundings(services);
        configure?.Invoke(services);

        var driver = new LoopDriver(folder, services.BuildServiceProvider());
        await ActivatorUtilities.CreateInstance<PlatformStart>(driver._services).StartingAsync(default);
        await driver.Definitions.RefreshAsync(default);
        return driver;
    }

    /// <summary>Other services' tables and sections, as far as the loop reads them.</summary>
    public static void AddSurroundings(IServiceCollection services)
    {
        services.AddMigration("intake", 1, "create table intake_v_batches (batch_id text, pipeline text, content_hash text, name text, format text, pushed_by text, pushed_at bigint, rows integer, accepted integer, duplicate integer, quarantined integer, rejected integer)");
        services.AddMigration("promotion", 1, "create table promotion_v_champions (pipeline text primary key, checkpoint text, adapter text, version integer, anchor_checkpoint text, anchor_adapter text, cause text, decided_by text, since bigint); create table promotion_v_history (pipeline text, version integer, run_id text, restores integer, decided_by text, reason text); create table promotion_v_deployments (run_id text primary key, pipeline text, stage text, reason text); create table promotion_v_gates (run_id text primary key, decision text, code text, reason text, record_digest text, win_rate double precision, lower double precision, items bigint)");
        AddSection<TestSections.Synthesis>(services, "synthesis");
        AddSection<TestSections.Training>(services, "training");
        AddSection<TestSections.Evaluation>(services, "evaluation");
    }

    /// <summary>Makes a model the champion, its adapter named by the version.</summary>
    public Task PromoteAsync(int version) => Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(
        """
        insert into promotion_v_champions (pipeline, checkpoint, adapter, version, anchor_checkpoint, cause, decided_by, since)
        values (@Pipeline, @checkpoint, @adapter, @version, @checkpoint, 'gate', 'gate', 0)
        on conflict (pipeline) do update set adapter = excluded.adapter, version = excluded.version
        """,
        new { Pipeline, checkpoint = new string('c', 64), adapter = Adapter(version), version }, work.Transaction), default);

    /// <summary>A champion in Promotion's history: of a run, or of a rollback.</summary>
    public Task RecordVersionAsync(int version, string? run, int? restores = null) => ExecuteAsync(
        "insert into promotion_v_history (pipeline, version, run_id, restores, decided_by, reason) values (@Pipeline, @version, @run, @restores, 'ops', 'rude')", new { Pipeline, version, run, restores });

    /// <summary>A batch that a run learned and whose model is the champion of that version.</summary>
    public async Task<string> LearnAsync(int version)
    {
        var batch = await PushAsync();
        await PumpAsync();
        await PromoteAsync(version);
        await RecordVersionAsync(version, (await RunsAsync())[^1].RunId);
        return batch;
    }

    public async Task<IReadOnlyList<string>> StatesAsync(params string[] batches)
    {
        var states = new List<string>();
        foreach (var batch in batches) states.Add((await BatchAsync(batch)).State);
        return states;
    }

    public static string Adapter(int version) => $"{version:x64}";

    /// <summary>A batch arrives, a second after the last.</summary>
    public async Task<string> PushAsync(int acceptedRows = 10)
    {
        var batch = $"b-{++_batches:x16}";
        Clock.Set(Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        await DeliverAsync(new BatchAccepted(batch, Pipeline, "hash", acceptedRows, "product"));
        return batch;
    }

    /// <summary>Delivers what stands in the outbox, and what that brings, until nothing is left; shuffled and doubled where a random source is given.</summary>
    public async Task PumpAsync(Random? disorder = null)
    {
        while (await TakeOutboxAsync() is { Count: > 0 } messages)
        {
            var deliveries = disorder is null ? messages : [.. messages, .. messages.Where(_ => disorder.Next(2) == 0)];
            if (disorder is not null)
            {
                disorder.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(deliveries));
            }

            foreach (var message in deliveries)
            {
                Commands.Add(message);
                if (Handles(message))
                {
                    await DeliverAsync(message);
                }
                else if (Reply(message) is { } reply)
                {
                    await DeliverAsync(reply);
                }
            }
        }
    }

    /// <summary>Hands a message to its handler in a unit of work, with no inbox in front: the handler itself must bear it twice.</summary>
    public Task DeliverAsync(object message)
    {
        Clock.Set(Clock.GetUtcNow() + TimeSpan.FromMilliseconds(5));
        return (Task)typeof(LoopDriver)
            .GetMethod(nameof(HandleAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .MakeGenericMethod(message.GetType())
            .Invoke(this, [message])!;
    }

    public async Task<List<object>> TakeOutboxAsync()
    {
        var catalog = _services.GetRequiredService<MessageCatalog>();
        return await Database.WriteAsync(async (work, _) =>
        {
            var rows = (await work.Connection.QueryAsync<(string Entity, string Body)>("select entity, body from platform_outbox order by seq", transaction: work.Transaction)).ToList();
            await work.Connection.ExecuteAsync("delete from platform_outbox", transaction: work.Transaction);
            return rows.ConvertAll(row => MessageJson.Read(row.Body, catalog.Find(row.Entity)!));
        }, default);
    }

    public Task ExecuteAsync(string sql, object? parameters = null) =>
        Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, parameters, work.Transaction), default);

    public async Task<IReadOnlyList<RunSummary>> RunsAsync() => [.. (await Queries.RunsAsync(Pipeline, null, 100, default)).Reverse()];

    public async Task<BatchStateView> BatchAsync(string batchId) => (await Queries.BatchesAsync(Pipeline, default)).Single(batch => batch.BatchId == batchId);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task HandleAsync<T>(T message) where T : class
    {
        var registration = _services.GetRequiredService<MessageCatalog>().Handlers.Single(handler => handler.Service == "pipelines" && handler.Message == typeof(T));
        await using var scope = _services.CreateAsyncScope();
        var handler = (IHandle<T>)scope.ServiceProvider.GetRequiredService(registration.Handler);
        await Database.WriteAsync(async (work, token) =>
        {
            await work.TakeTurnAsync("pipelines", token);
            await handler.HandleAsync(message, work, token);
        }, default);
    }

    private bool Handles(object message) =>
        _services.GetRequiredService<MessageCatalog>().Handlers.Any(handler => handler.Service == "pipelines" && handler.Message == message.GetType());

    private object? DefaultReply(object command) => command switch
    {
        BuildDataset build => new DatasetPublished(build.RunId, build.SyntheticDigest is null ? "plain" : "mixed", build.SyntheticDigest is not null, 100, 10, 0),
        Synthesize synthesize => new SynthesisCompleted(synthesize.RunId, "synthetic", 25, null),
        TrainCandidate train => new CandidateTrained(train.RunId, train.Start with { Adapter = new string('e', 64) }, "metrics", 30, 4000),
        EvaluateCandidate evaluate => new CandidateEvaluated(evaluate.RunId, "evidence", 120, 0),
        DecideGate decide => new GateDecided(decide.RunId, decide.Pipeline, Gate(decide.BatchIds), "as scripted", "record", 0.7, 0.6, 120),
        _ => null,
    };

    private static void AddSection<T>(IServiceCollection services, string key) where T : class, new()
    {
        services.AddSingleton<IPipelineSection<T>>(new TestSections.Rules<T>(key));
        services.AddSingleton(new SectionRegistration(typeof(T), typeof(IPipelineSection<T>)));
    }
}
