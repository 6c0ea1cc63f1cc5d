using System.Text.RegularExpressions;

namespace AlignOps.Models.Adapters;

/// <summary>
/// How PEFT names layers in its configuration: targets by the end of a path, ranks and alphas by a regular expression that matches the whole path,
/// or what follows one of its dots (<c>get_pattern_key</c> in peft/utils/other.py). In the order of the file, the first match counts.
/// </summary>
internal static class LayerPatterns
{
    // Patterns come from files that others wrote: one that backtracks without end must not hold a server.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    public static IReadOnlyDictionary<string, T> None<T>() => new Dictionary<string, T>(0);

    public static bool IsEndOf(string path, string target) =>
        path.EndsWith(target, StringComparison.Ordinal) && (path.Length == target.Length || path[^(target.Length + 1)] == '.');

    public static T Find<T>(IReadOnlyDictionary<string, T> patterns, string path, T otherwise)
    {
        foreach ((string pattern, T value) in patterns)
        {
            if (Matches(pattern, path))
            {
                return value;
            }
        }

        return otherwise;
    }

    public static bool Matches(string pattern, string path) => Regex.IsMatch(path, Anchored(pattern), RegexOptions.CultureInvariant, Patience);

    /// <summary>Why a pattern cannot be used, or null.</summary>
    public static string? Fault(string pattern)
    {
        try
        {
            Matches(pattern, "model.layers.0.self_attn.q_proj");
            return null;
        }
        catch (ArgumentException fault)
        {
            return $"'{pattern}' is not a regular expression: {fault.Message}";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"'{pattern}' takes too long to match";
        }
    }

    private static string Anchored(string pattern) => $@"\A(.*\.)?({pattern})$";
}
