using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Rewards.Expectations;

/// <summary>
/// <c>"pattern": "^\\d+$"</c>: the regular expression matches somewhere in the answer. It runs without backtracking, so that no answer can make it slow;
/// look-arounds and back-references are therefore no pattern here.
/// </summary>
internal sealed class Pattern : IExpectation
{
    public string Key => "pattern";

    public bool? IsMet(JsonElement expected, string answer)
    {
        if (expected.ValueKind != JsonValueKind.String) return null;
        try
        {
            return Regex.IsMatch(answer, expected.GetString()!, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
