using Npgsql;

namespace AlignOps.Benchmarks.Deployments;

/// <summary>
/// AlignOps as it is deployed: embedded (one process, SQLite, in-memory bus) or distributed (a process for each role, PostgreSQL, RabbitMQ, a shared data folder).
/// </summary>
internal sealed class Deployment : IAsyncDisposable
{
    public static readonly string[] Roles = ["intake", "synthesis", "training", "evaluation", "promotion", "pipelines", "serving"];

    private readonly string _data;
    private readonly string _pipelines;
    private readonly PrivateServers? _servers;
    private readonly string? _connection;
    private readonly Dictionary<string, AlignOpsProcess> _processes = [];

    private Deployment(string data, string pipelines, PrivateServers? servers, string? connection) =>
        (_data, _pipelines, _servers, _connection) = (data, pipelines, servers, connection);

    public bool IsDistributed => _servers is not null;

    public string DataFolder => _data;

    /// <summary>What opens this deployment's database from outside: an Npgsql connection string, or the SQLite file's path.</summary>
    public string DatabaseAddress => _connection ?? Path.Combine(_data, "alignops.db");

    public static Deployment Embedded(string data, string pipelines) => new(data, pipelines, null, null);

    /// <summary>A fresh database on the servers; queues are named by the deployment's virtual host, so give each its own servers.</summary>
    public static Deployment Distributed(string data, string pipelines, PrivateServers servers)
    {
        var database = "alignops_" + Path.GetFileName(data).Replace('-', '_').Replace('.', '_').ToLowerInvariant();
        using var administration = new NpgsqlConnection(servers.Postgres);
        administration.Open();
        using var create = new NpgsqlCommand($"create database \"{database}\"", administration);
        create.ExecuteNonQuery();
        return new Deployment(data, pipelines, servers, new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = database }.ConnectionString);
    }

    public Uri UrlOf(string role) => _processes[IsDistributed ? role : "all"].Url;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_data);
        foreach (var name in IsDistributed ? Roles : ["all"])
        {
            _processes[name] = AlignOpsProcess.Start(ArgumentsFor(name), Path.Combine(_data, $"log-{name}"));
        }

        foreach (var process in _processes.Values)
        {
            await process.WaitReadyAsync(cancellationToken);
        }
    }

    /// <summary>Kills one role's process (the only one when embedded) and starts it again.</summary>
    public async Task KillAndRestartAsync(string role, CancellationToken cancellationToken)
    {
        var name = IsDistributed ? role : "all";
        _processes[name].Dispose();
        _processes[name] = AlignOpsProcess.Start(ArgumentsFor(name), Path.Combine(_data, $"log-{name}"));
        await _processes[name].WaitReadyAsync(cancellationToken);
    }

    public void KillAll()
    {
        foreach (var process in _processes.Values)
        {
            process.Kill();
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private IEnumerable<string> ArgumentsFor(string name)
    {
        string[] common = ["--data", _data, "--pipelines", _pipelines];
        return _servers is null
            ? common
            : [.. common, "--roles", name, "--database", _connection!, "--bus", _servers.Rabbit];
    }
}
