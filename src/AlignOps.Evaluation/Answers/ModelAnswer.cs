using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.Answers;

/// <summary>What a model answered to a draw.</summary>
/// <param name="Cut">It ran into the limit of new tokens.</param>
/// <param name="Unasked">Why the model could not be asked; null when it was.</param>
/// <param name="Metrics">What an item of a benchmark came to, by metric; null for answers that are judged.</param>
internal sealed record ModelAnswer(
    string Text, bool Cut, string? Unasked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, double>? Metrics = null);
