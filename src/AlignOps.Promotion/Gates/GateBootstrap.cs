using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Promotion.Gates;

/// <summary>
/// Intervals that people know, beside the bounds that decide: units resampled whole, the same draws for the whole and for every part, seeded by the run. BCa at 95 %.
/// </summary>
internal static class GateBootstrap
{
    private const double Confidence = 0.95;

    /// <summary>The parts as they are resampled, and how many units there are.</summary>
    public static (IReadOnlyList<BootstrapPart> Parts, int Units) Compile(IReadOnlyList<EvidencePart> parts)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        List<BootstrapPart> compiled = [.. parts.Select(part => BootstrapPart.Of(part.Units.Select(unit =>
        {
            places.TryAdd(unit.Unit, places.Count);
            return (places[unit.Unit], unit.Value);
        })))];
        return (compiled, places.Count);
    }

    /// <returns>An interval of each part's mean; null where it has no units or nothing is to be drawn.</returns>
    public static IReadOnlyList<Interval?> Of(IReadOnlyList<EvidencePart> parts, int draws, long seed)
    {
        if (draws == 0) return [.. parts.Select(_ => (Interval?)null)];
        var (compiled, units) = Compile(parts);
        return [.. ClusterBootstrap.Means(compiled, units, draws, seed).Select(found => double.IsFinite(found.Estimate) ? found.Bca(Confidence) : (Interval?)null)];
    }
}
