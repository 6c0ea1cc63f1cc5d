namespace AlignOps.Platform.Hosting;

/// <summary>Where this process keeps its state, which bus it speaks on and which services it hosts.</summary>
public sealed record PlatformOptions
{
    /// <summary>The state folder: database of an embedded deployment, blobs, materialised trees and work folders. Processes of one deployment share it.</summary>
    public string DataFolder { get; init; } = ".alignops";

    /// <summary>Null: an SQLite file in the data folder. Otherwise PostgreSQL, as <c>postgres://user:password@host:port/database</c> or an Npgsql connection string.</summary>
    public string? Database { get; init; }

    /// <summary>Null or <c>memory</c>: the in-process transport. Otherwise RabbitMQ, as <c>amqp://user:password@host:port/vhost</c>.</summary>
    public string? Bus { get; init; }

    /// <summary>The services whose queues and jobs this process works on; empty: all of them. Every process registers every service, whatever it hosts.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How many long jobs this process runs at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How long a job stays with a worker that has fallen silent.</summary>
    /// <remarks>Renewed at a third of it. At least three seconds; machines that share a database keep their clocks well within it.</remarks>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the bus may be half up before this process ends so that it can be started afresh.</summary>
    public TimeSpan BusPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a message handler may hold its delivery. One that is stuck holds up its queue; this process then ends so that another takes it.</summary>
    public TimeSpan HandlerLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a start waits for a database or broker that is not up yet.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How this process signs its leases.</summary>
    public string WorkerId { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>The addresses this process will listen on; others than this machine's own are refused while no access key exists.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>An admin key to have from the start, for deployments where nobody can make the first one by hand; listed as <c>bootstrap</c>.</summary>
    /// <remarks>It starts with <c>ao_</c> and has at least 32 more characters.</remarks>
    public string? AdminKey { get; init; }

    /// <summary>True when the service runs in this process.</summary>
    public bool Hosts(string service) => Roles.Count == 0 || Roles.Contains(service, StringComparer.Ordinal);

    /// <summary>Without addresses and keys, which hold secrets.</summary>
    public override string ToString() =>
        $"{(UsesPostgres ? "PostgreSQL" : "SQLite")} and {(UsesRabbitMq ? "RabbitMQ" : "the in-memory transport")}, data in {DataFolder}, {(Roles.Count == 0 ? "every role" : string.Join(", ", Roles))}";

    internal bool UsesPostgres => !string.IsNullOrWhiteSpace(Database);

    internal bool UsesRabbitMq => !string.IsNullOrWhiteSpace(Bus) && Bus != "memory";
}
