using AlignOps.Data.Feedback;
using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Training.Definitions;

/// <summary>What is mixed must be what the method learns from, as the catalogue knows it.</summary>
internal static class LearnedKinds
{
    private const string Kinds = "mix.kinds";

    public static SectionNeed Need(TrainingSection section) => new(Kinds, "training.method", (mixed, written) => Fault(section, mixed, written));

    private static string? Fault(TrainingSection section, IReadOnlyList<string> mixed, bool written)
    {
        string[] learned = [.. TrainingMethods.Find(section.Method)!.Shape(section).Kinds.Select(kind => kind.Name())];
        string write = $"write mix: {{ kinds: [{string.Join(", ", learned)}] }}";
        if (!mixed.Intersect(learned).Any())
        {
            return $"{Kinds} has none of what {section.Method} learns from, {string.Join(", ", learned)}; {write}.";
        }

        // A list that nobody wrote need not name every kind that a method cannot use, but must not leave out one that it can.
        if (!written)
        {
            string[] missing = [.. learned.Except(mixed)];
            return missing.Length == 0 ? null : $"{section.Method} learns from {string.Join(", ", missing)}, which {Kinds} leaves out where it is not written; {write}, or less.";
        }

        return mixed.Except(learned).FirstOrDefault() is not { } foreign ? null
            : $"{Kinds} has {foreign} and {section.Method} does not learn from it; take it out{Grouped(foreign, mixed)}{Others(foreign)}.";
    }

    private static string Grouped(string kind, IReadOnlyList<string> mixed) =>
        kind is "thumb" or "rating" && mixed.Contains("ranking") ? $", so that {kind}s on one prompt are ranked" : "";

    private static string Others(string kind)
    {
        string[] methods = [.. TrainingMethods.All.Where(method => method.Needs.Kinds.Contains(kind)).Select(method => method.Name)];
        return methods.Length == 0 ? "" : $", or set training.method to one that does: {string.Join(", ", methods)}";
    }
}
