using System.Globalization;
using AlignOps.Platform.Definitions;

namespace AlignOps.Training.Definitions;

/// <summary>What a key of <c>training</c> may be, in the words that every fault of the section has.</summary>
internal static class SectionChecks
{
    public static IEnumerable<SectionFault> OneOf(string key, string value, IReadOnlyList<string> names) =>
        names.Contains(value) ? [] : [Fault(key, $"is '{value}'; it must be one of {string.Join(", ", names)}.")];

    public static IEnumerable<SectionFault> AtLeast(string key, int value, int least) =>
        value >= least ? [] : [Fault(key, $"is {value}; it must be at least {least}.")];

    public static IEnumerable<SectionFault> Within(string key, double value, Func<double, bool> sound, string expected) =>
        sound(value) ? [] : [Fault(key, $"is {value.ToString(CultureInfo.InvariantCulture)}; it must be {expected}.")];

    /// <summary>A finite number that is not negative.</summary>
    public static IEnumerable<SectionFault> NotNegative(string key, double value, string example) =>
        Within(key, value, v => v >= 0 && double.IsFinite(v), $"0 or more, such as {example}");

    public static SectionFault Fault(string key, string sentence) => new($"training.{key}", $"training.{key} {sentence}");
}
