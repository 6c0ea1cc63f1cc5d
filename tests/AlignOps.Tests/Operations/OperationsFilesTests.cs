using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Host.Commands;
using AlignOps.Host.Hosting;
using AlignOps.Tests.Architecture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using YamlDotNet.Serialization;

namespace AlignOps.Tests.Operations;

/// <summary>What an operator reads must be true: metrics that are exported, commands that parse, routes that are mapped, roles that exist.</summary>
public sealed partial class OperationsFilesTests
{
    private static readonly string Ops = Path.Combine(SourceTree.Root, "ops");
    private static readonly string Docker = Path.Combine(SourceTree.Root, "docker");

    [Fact]
    public async Task Metrics_OfDashboardAlertsAndRunbooks_AreReallyExported()
    {
        var published = await Instruments.PublishedAsync();
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Ops, "grafana", "alignops.json")));
        string[] queries =
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!),
            .. Alerts().Select(alert => alert.Query),
        ];
        string[] told = [.. Runbooks().SelectMany(book => Quoted().Matches(File.ReadAllText(book))).Select(match => match.Groups[1].Value)];

        Assert.True(queries.Length > 20);
        Assert.NotEmpty(told);
        Assert.All(queries, query => Assert.NotEmpty(Instruments.AskedFor(query)));
        Assert.Empty(queries.SelectMany(Instruments.AskedFor).Concat(told).Distinct().Except(published));
    }

    [Theory]
    [InlineData("max by (pipeline) (increase(a_total{x=\"b\"}[7d])) >= 3 unless max by (y) (c_d) > 0", "a_total,c_d")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(e_bucket{p=~\"$p\"}[5m])))", "e_bucket")]
    [InlineData("count(f == 0) or vector(0)", "f")]
    public void AskedFor_Query_FindsItsMetricsAlone(string query, string metrics) => Assert.Equal(metrics.Split(','), Instruments.AskedFor(query));

    [Fact]
    public void Alerts_AreSix_AndEachNamesARunbookThatIsThere()
    {
        var alerts = Alerts();

        Assert.Equal(6, alerts.Count);
        Assert.All(alerts, alert => Assert.True(File.Exists(Path.Combine(SourceTree.Root, alert.Runbook)), alert.Runbook));
        Assert.Equal(Runbooks().Select(Path.GetFileName).Order(), alerts.Select(alert => Path.GetFileName(alert.Runbook)).Distinct().Order());
        Assert.All(alerts, alert => Assert.Contains(alert.Name, File.ReadAllText(Path.Combine(SourceTree.Root, alert.Runbook)), StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_OfTheRunbooks_AreUnderstood()
    {
        var root = AllCommands.Create();
        string[] commands = [.. Runbooks().SelectMany(book => Block().Matches(File.ReadAllText(book))).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

        Assert.True(commands.Length >= 10);
        Assert.All(commands, command =>
        {
            Assert.StartsWith("alignops ", command, StringComparison.Ordinal);
            Assert.Empty(root.Parse(command["alignops ".Length..]).Errors.Select(error => $"{command}: {error.Message}"));
        });
    }

    [Fact]
    public async Task Routes_OfTheRunbooks_AreMapped()
    {
        await using var application = AlignOpsServer.Build(AlignOpsServer.Unstarted, null);
        var mapped = ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {Nameless(endpoint.RoutePattern.RawText!)}"))
            .ToHashSet(StringComparer.Ordinal);
        string[] told = [.. Runbooks().SelectMany(book => Route().Matches(File.ReadAllText(book))).Select(match => $"{match.Groups[1].Value} {Nameless(match.Groups[2].Value)}")];

        Assert.True(told.Length >= 6);
        Assert.Empty(told.Except(mapped));
    }

    [Fact]
    public void Compose_HasOneServiceForEveryRole_AndItsCommandsAreUnderstood()
    {
        var root = AllCommands.Create();
        var compose = Yaml(Path.Combine(Docker, "compose.yaml"));
        var services = (Dictionary<object, object>)compose["services"];
        var roles = services.Where(service => service.Key is not ("postgres" or "rabbitmq")).ToArray();

        Assert.Equal(HostSettings.AllRoles.Order(), roles.Select(role => (string)role.Key).Order());
        foreach (var (name, service) in roles)
        {
            var parsed = root.Parse([.. ((List<object>)((Dictionary<object, object>)service)["command"]).Cast<string>()]);
            Assert.Empty(parsed.Errors);
            Assert.Equal((string)name, parsed.GetValue<string>("--roles"));
        }

        Assert.Equal(roles.Length, roles.SelectMany(role => (List<object>)((Dictionary<object, object>)role.Value)["ports"]).Distinct().Count());
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.cuda")]
    public void Dockerfile_RunsAsNobodySpecial_AndItsCommandsAreUnderstood(string file)
    {
        var root = AllCommands.Create();
        string[] lines = File.ReadAllLines(Path.Combine(Docker, file));

        Assert.Contains("USER ${APP_UID}:${APP_UID}", lines);
        Assert.Contains(lines, line => Regex.IsMatch(line, "^ARG APP_UID=[1-9]"));
        string[][] commands = [.. lines.Where(line => line.StartsWith("CMD ", StringComparison.Ordinal) || line.StartsWith("HEALTHCHECK", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<string[]>(line[line.IndexOf('[', StringComparison.Ordinal)..])!)];
        Assert.Equal(2, commands.Length);
        Assert.All(commands, command => Assert.Empty(root.Parse([.. command.SkipWhile(word => word is "dotnet" or "/app/alignops.dll")]).Errors));
    }

    private static string[] Runbooks() => Directory.GetFiles(Path.Combine(Ops, "runbooks"), "*.md");

    private static List<(string Name, string Query, string Runbook)> Alerts()
    {
        var groups = (List<object>)Yaml(Path.Combine(Ops, "alerts", "alignops.yaml"))["groups"];
        return [.. groups.Cast<Dictionary<object, object>>().SelectMany(group => (List<object>)group["rules"]).Cast<Dictionary<object, object>>()
            .Select(rule => ((string)rule["alert"], (string)rule["expr"], (string)((Dictionary<object, object>)rule["annotations"])["runbook"]))];
    }

    private static Dictionary<string, object> Yaml(string file) =>
        new Deserializer().Deserialize<Dictionary<string, object>>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(File.ReadAllText(file)))));

    private static string Nameless(string route) => Placeholder().Replace(route.TrimEnd('/'), "{}");

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(GET|POST|DELETE) (/[^`]*)`")]
    private static partial Regex Route();

    [GeneratedRegex("`(alignops_[a-z_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
