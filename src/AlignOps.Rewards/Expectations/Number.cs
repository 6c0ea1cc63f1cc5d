using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Expectations;

/// <summary>
/// <c>"number": 12.5</c> or <c>"number": {"value": 12.5, "within": 0.1}</c>: the last number of the answer is it, up to the distance given (1e-9 of its size without one).
/// Thousands may be parted by commas: 1,234.5.
/// </summary>
internal sealed class Number : IExpectation
{
    private const double RelativeTolerance = 1e-9;

    private static readonly Regex Numbers = new(@"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public string Key => "number";

    public bool? IsMet(JsonElement expected, string answer)
    {
        JsonElement? distance = null;
        if (expected.ValueKind == JsonValueKind.Object)
        {
            distance = expected.TryGetProperty("within", out var within) ? within : null;
            if (!expected.TryGetProperty("value", out expected)) return null;
        }

        if (expected.ValueKind != JsonValueKind.Number || !expected.TryGetDouble(out var value) || !double.IsFinite(value)) return null;
        var allowed = RelativeTolerance * Math.Max(1, Math.Abs(value));
        if (distance is { } given && (given.ValueKind != JsonValueKind.Number || !given.TryGetDouble(out allowed) || !(allowed >= 0))) return null;

        return Last(answer) is { } found && Math.Abs(found - value) <= allowed;
    }

    private static double? Last(string answer)
    {
        var matches = Numbers.Matches(answer.Replace('−', '-'));
        return matches.Count > 0 && double.TryParse(matches[^1].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
