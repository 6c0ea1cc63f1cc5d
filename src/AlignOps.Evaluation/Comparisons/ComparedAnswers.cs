using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Evaluation.Comparisons;

/// <summary>Two models' answers to one question, wherever they were written.</summary>
/// <param name="Slices">Every slice that the question belongs to, as <c>dimension/value</c>; it may be in several of one dimension.</param>
/// <param name="Cluster">Questions of one cluster share a source; null: it stands alone.</param>
/// <param name="Expect">What the judge is told of a good answer, such as a reference; null where nothing is.</param>
internal sealed record ComparedAnswers(string Id, IReadOnlyList<ChatMessage> Prompt, string First, string Second, IReadOnlyList<string> Slices, string? Cluster = null, JsonElement? Expect = null);
