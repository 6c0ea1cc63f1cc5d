using System.Text.Json;
using System.Text.Json.Serialization;
using AlignOps.Contracts;

namespace AlignOps.Host.Demo;

/// <summary>What <c>demo --json FILE</c> writes.</summary>
/// <param name="Seconds">Wall clock from the command's start to its end.</param>
/// <param name="Champion">Content digest of the adapter in production at the end.</param>
internal sealed record DemoReport(double Seconds, string Champion, IReadOnlyList<DemoRun> Runs, IReadOnlyList<DemoAnswer> Answers, DemoCanary Canary)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public Task WriteAsync(string file, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(file, JsonSerializer.Serialize(this, Format), cancellationToken);
}

/// <summary>One act of the demo: a batch and how its run ended.</summary>
internal sealed record DemoRun(
    string Batch,
    string Run,
    [property: JsonConverter(typeof(JsonStringEnumConverter<GateDecision>))] GateDecision Decision,
    string Reason,
    double WinRate,
    double Lower,
    int N);

/// <summary>The same question asked of the base and of the promoted model.</summary>
internal sealed record DemoAnswer(string Prompt, string Before, string After);
