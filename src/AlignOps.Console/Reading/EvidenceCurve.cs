using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Betting;
using AlignOps.Statistics.Paired;

namespace AlignOps.WebConsole.Reading;

/// <summary>The e-process that the gate looks at: evidence that the candidate beats the champion, after each independent question.</summary>
/// <param name="Points">(questions, log10 of the e-value), in order.</param>
/// <param name="Bound">log10 of what it has to reach; null while the gate's level is not known.</param>
/// <param name="CrossedAfter">Questions until it was reached first.</param>
/// <param name="Final">False while judging goes on.</param>
public sealed record EvidenceCurve(IReadOnlyList<(double X, double Y)> Points, double? Bound, int? CrossedAfter, double Mean, bool Final)
{
    private const double UnknownAlpha = 0.05;

    /// <summary>As the gate bets: on each unit's mean outcome, against 1/2.</summary>
    /// <param name="alpha">The gate's level; the bets do not depend on it, only the bound does.</param>
    internal static EvidenceCurve? Of(IReadOnlyList<double> outcomes, double? alpha, bool final)
    {
        if (outcomes.Count == 0 || outcomes.Any(outcome => !(outcome >= 0 && outcome <= 1)))
        {
            return null;
        }

        var process = new MixtureEProcess(nullMean: 0.5, alpha ?? UnknownAlpha);
        var points = new List<(double, double)> { (0, 0) };
        foreach (var outcome in outcomes)
        {
            process.Observe(outcome);
            points.Add((process.Count, process.LogValue / Math.Log(10)));
        }

        return new EvidenceCurve(points, alpha is { } level ? -Math.Log10(level) : null, alpha is null ? null : process.FirstCrossing, outcomes.Average(), final);
    }

    /// <summary>The units' outcomes of an evidence file, in the gate's order.</summary>
    internal static IReadOnlyList<double> Outcomes(EvidenceFile file)
    {
        var preference = file.Header.Suites.Where(suite => suite.Role == SuiteRole.Preference).Select(suite => suite.Name).ToHashSet(StringComparer.Ordinal);
        return Clusters.Means(file.Items
            .Where(item => preference.Contains(item.Suite) && item.VersusChampion?.Outcome is not null)
            .Select(item => (item.Unit, item.VersusChampion!.Outcome!.Value)));
    }

    /// <summary>The units' outcomes so far, from an evaluating job's detail.</summary>
    internal static IReadOnlyList<double> Outcomes(string? detail) =>
        JobDetail.Parse(detail) is { } job && job.TryGetProperty("outcomes", out var outcomes) && outcomes.ValueKind == JsonValueKind.Array
            ? [.. outcomes.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Number).Select(value => value.GetDouble())]
            : [];
}
