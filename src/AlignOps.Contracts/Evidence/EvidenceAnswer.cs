using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>One model's answer and the verifier's findings.</summary>
/// <param name="Text">The answer to the last turn of the question.</param>
/// <param name="Cut">The answer ran into the limit of new tokens.</param>
/// <param name="Score">In [0, 1]; null when it could not be scored, and then <paramref name="UnscoredReason"/> says why.</param>
/// <param name="Checks">Each applicable behaviour, by name in ordinal order, and whether the answer showed it.</param>
public sealed record EvidenceAnswer(string Text, bool Cut, double? Score, bool Passes, IReadOnlyDictionary<string, bool> Checks, string? UnscoredReason)
{
    /// <summary>What an item of a benchmark came to, by metric; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>The answers to the turns before, in their order; null where the question has one turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Earlier { get; init; }

    /// <summary>How a program ended that was run for it, such as <c>timed-out: …</c>; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}
