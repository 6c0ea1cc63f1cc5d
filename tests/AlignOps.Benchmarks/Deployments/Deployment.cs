using AlignOps.Benchmarks.Loop;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using Npgsql;

namespace AlignOps.Benchmarks.Deployments;

/// <summary>
/// AlignOps as it is deployed: embedded (one process, SQLite, in-memory bus) or distributed (a process for each role, PostgreSQL, RabbitMQ, a shared data folder).
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    public static readonly string[] Roles = ["intake", "synthesis", "training", "evaluation", "promotion", "pipelines", "serving"];

    private const string All = "all";

    private readonly string _data;
    private readonly string _pipelines;
    private readonly PrivateServers? _servers;
    private readonly string? _database;
    private readonly Dictionary<string, AlignOpsProcess> _processes = [];

    private Deployment(string data, string pipelines, PrivateServers? servers, string? database)
    {
        (_data, _pipelines, _servers, _database) = (data, pipelines, servers, database);
        Client = new LoopClient(UrlOf);
    }

    public bool IsDistributed => _servers is not null;

    public string Description => IsDistributed ? $"distributed ({Roles.Length} processes, PostgreSQL, RabbitMQ)" : "embedded (one process, SQLite, in-memory bus)";

    public string DataFolder => _data;

    public LoopClient Client { get; }

    /// <summary>What opens the database from outside: an Npgsql connection string; null where it is the SQLite file of the data folder.</summary>
    public string? Postgres => _database;

    /// <summary>More arguments of <c>alignops up</c>, for every process that is started from here on.</summary>
    public IReadOnlyList<string> ExtraArguments { get; set; } = [];

    /// <summary>The names of this deployment's processes.</summary>
    public IReadOnlyList<string> ProcessNames => IsDistributed ? Roles : [All];

    public static Deployment Embedded(string data, string pipelines) => new(data, pipelines, null, null);

    /// <summary>A fresh database on the servers. The queues are the servers' own: no two deployments at once.</summary>
    public static Deployment Distributed(string data, string pipelines, PrivateServers servers)
    {
        var database = "alignops_" + Path.GetFileName(data).Replace('-', '_').Replace('.', '_').ToLowerInvariant();
        using var administration = new NpgsqlConnection(servers.Postgres);
        administration.Open();
        using var create = new NpgsqlCommand($"create database \"{database}\"", administration);
        create.ExecuteNonQuery();
        return new Deployment(data, pipelines, servers, new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = database }.ConnectionString);
    }

    /// <summary>The name of the process that plays a role.</summary>
    public string ProcessOf(string role) => IsDistributed ? role : All;

    public Uri UrlOf(string role) => _processes[ProcessOf(role)].Url;

    /// <summary>Starts every process and returns when all are ready.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => StartAsync(ProcessNames, cancellationToken);

    /// <summary>Starts these processes and returns when all of them are ready.</summary>
    public async Task StartAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_data);
        foreach (var name in names)
        {
            var before = _processes.GetValueOrDefault(name);
            _processes[name] = AlignOpsProcess.Start(ArgumentsFor(name), LogOf(name), before?.Url.Port);
            before?.Dispose();
        }

        await Task.WhenAll(names.Select(name => _processes[name].WaitReadyAsync(cancellationToken)));
    }

    /// <summary><c>kill -9</c> of these processes, all at once.</summary>
    public void Kill(IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            _processes[name].Signal();
        }

        foreach (var name in names)
        {
            _processes[name].Kill();
        }
    }

    /// <summary>Puts the world's base into the shared blobs and has a person certify it as champion; also the way back to it. Returns its digest.</summary>
    public async Task<string> CrownAsync(World world, CancellationToken cancellationToken)
    {
        using var folder = new DataFolder(_data);
        var checkpoint = await new FileBlobStore(folder).PutDirectoryAsync(world.BaseDirectory, cancellationToken);
        await Client.CertifyAsync(world.Pipeline, checkpoint, cancellationToken);
        return checkpoint;
    }

    public string LastWords() => string.Join('\n', _processes.Select(process => $"--- {process.Key}\n{process.Value.LastWords()}"));

    public ValueTask DisposeAsync()
    {
        Kill([.. _processes.Keys]);
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Where a process's output goes, less its <c>.out</c> or <c>.err</c>.</summary>
    public string LogOf(string name) => Path.Combine(_data, $"log-{name}");

    private IEnumerable<string> ArgumentsFor(string name)
    {
        string[] common = ["--data", _data, "--pipelines", _pipelines, .. ExtraArguments];
        return _servers is null ? common : [.. common, "--roles", name, "--database", _database!, "--bus", _servers.Rabbit];
    }
}
