using System.Globalization;
using AlignOps.Host.Cli;
using AlignOps.Platform.Hosting;

namespace AlignOps.Host.Hosting;

/// <summary>One process of AlignOps: where its state lies, what it talks to, and which roles it plays.</summary>
/// <param name="Data">State folder.</param>
/// <param name="Pipelines">Folder that holds a folder for each pipeline.</param>
/// <param name="Url">Where to listen; port 0 asks for a free one.</param>
/// <param name="Roles">Services hosted here; empty means all of them.</param>
/// <param name="Engine">What runs policies, as <see cref="PolicyEngines"/> reads it.</param>
internal sealed record HostSettings(
    string Data,
    string Pipelines,
    string Url = "http://127.0.0.1:8440",
    string? Database = null,
    string? Bus = null,
    IReadOnlyList<string>? Roles = null,
    string Engine = PolicyEngines.Default)
{
    /// <summary>Folder that intake watches for files; null watches none.</summary>
    public string? Inbox { get; init; }

    public static readonly IReadOnlyList<string> AllRoles =
        ["intake", "synthesis", "training", "evaluation", "promotion", "pipelines", "serving", "console"];

    /// <summary>How long a job stays with a worker that has fallen silent; null for the platform's own.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>How long the bus may be half up before the process ends; null for the platform's own.</summary>
    public TimeSpan? BusPatience { get; init; }

    /// <summary>How long a handler may hold its delivery before the process ends; null for the platform's own.</summary>
    public TimeSpan? HandlerLimit { get; init; }

    public IReadOnlyList<string> HostedRoles => Roles is { Count: > 0 } some ? [.. some.Distinct(StringComparer.Ordinal)] : AllRoles;

    /// <summary>The bus for people, without its password.</summary>
    public string BusName => Bus is null or "memory" ? "a bus in memory" : Uri.TryCreate(Bus, UriKind.Absolute, out var broker) ? $"RabbitMQ {broker.Host}:{(broker.Port > 0 ? broker.Port : 5672)}" : "RabbitMQ";

    public PlatformOptions Platform()
    {
        var defaults = new PlatformOptions();
        return defaults with
        {
            DataFolder = Data,
            Database = Database,
            Bus = Bus,
            Urls = [Url],
            AdminKey = Setting.Read(Setting.AdminKey),
            StartPatience = TimeSpan.FromSeconds(15),
            Roles = HostedRoles.Count == AllRoles.Count ? [] : HostedRoles,
            Lease = Lease ?? defaults.Lease,
            BusPatience = BusPatience ?? defaults.BusPatience,
            HandlerLimit = HandlerLimit ?? defaults.HandlerLimit,
        };
    }

    /// <summary>As Kestrel reads it: an IPv6 address stands in brackets.</summary>
    public static string UrlOf(string address, int port) =>
        $"http://{(address.Contains(':') && !address.StartsWith('[') ? $"[{address}]" : address)}:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What of the host's own settings cannot work; the platform's options are checked beside it.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var role in HostedRoles.Except(AllRoles))
        {
            yield return $"There is no role '{role}'. The roles are {string.Join(", ", AllRoles)}.";
        }

        if (PolicyEngines.Fault(Engine) is { } engineFault)
        {
            yield return engineFault;
        }

        if (!Uri.TryCreate(Url.Replace("//*:", "//any:", StringComparison.Ordinal).Replace("//+:", "//any:", StringComparison.Ordinal), UriKind.Absolute, out _))
        {
            yield return $"{Url} is no address to listen on. Name an IP address with --address and a port from 0 to 65535 with --port.";
        }

        if (!Directory.Exists(Pipelines))
        {
            yield return $"There is no pipelines folder {Path.GetFullPath(Pipelines)}. Name one with --pipelines.";
        }

        if (Inbox is { } inbox && !Directory.Exists(inbox))
        {
            yield return $"There is no inbox folder {Path.GetFullPath(inbox)}. Make it, or name another with --inbox.";
        }

        if (HostedRoles.Count < AllRoles.Count && (Database is null || (Bus ?? "memory") == "memory"))
        {
            yield return "A process with some of the roles shares its state with others: name a PostgreSQL database with --database and a RabbitMQ broker with --bus.";
        }
        else if (Database is null != Bus is null && (Bus ?? "memory") != "memory")
        {
            yield return "RabbitMQ without PostgreSQL is not supported: name both --database and --bus, or neither.";
        }
    }
}
