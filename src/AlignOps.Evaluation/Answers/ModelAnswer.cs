using System.Text.Json.Serialization;
using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Answers;

/// <summary>What a model answered to a draw.</summary>
/// <param name="Text">Its answer to the last turn of the question.</param>
/// <param name="Cut">It ran into the limit of new tokens, in some turn.</param>
/// <param name="Unasked">Why the model could not be asked; null when it was.</param>
/// <param name="Metrics">What an item of a benchmark came to, by metric; null for answers that are judged.</param>
internal sealed record ModelAnswer(
    string Text, bool Cut, string? Unasked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, double>? Metrics = null)
{
    /// <summary>Its answers to the turns before the last, in their order; null in a question of one turn.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Earlier { get; init; }

    /// <summary>As a judge is shown it.</summary>
    [JsonIgnore]
    public JudgedAnswer Judged => new(Text, Earlier ?? []);
}
