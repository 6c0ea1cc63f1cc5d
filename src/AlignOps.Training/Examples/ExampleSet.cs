using System.Collections.ObjectModel;

namespace AlignOps.Training.Examples;

/// <summary>The examples made of rows, and how many rows made none, by reason code.</summary>
public sealed record ExampleSet(IReadOnlyList<TrainingExample> Examples, IReadOnlyDictionary<string, int> Skipped)
{
    /// <summary>A prompt with one of its answers is longer than the limit. Nothing is cut: an answer without its end would teach never to stop.</summary>
    public const string TooLong = "too-long";

    /// <summary>Kept, but of a kind that the method does not learn from.</summary>
    public const string UnusedKind = "unused-kind";

    /// <summary>Sound, but the method has nothing to learn: no order among the answers and none to imitate.</summary>
    public const string NoSignal = "no-signal";

    /// <summary>Of each reason the first rows that it holds for, by id and, where they came from a file, line.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FirstRows { get; init; } = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The counts in words, with the first rows; empty where no row was skipped.</summary>
    public string Describe() => string.Join(", ", Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Value} {s.Key}{First(s.Key)}"));

    private string First(string reason) => FirstRows.TryGetValue(reason, out IReadOnlyList<string>? rows) ? $" ({string.Join(", ", rows)}{(Skipped[reason] > rows.Count ? ", …" : "")})" : "";
}
