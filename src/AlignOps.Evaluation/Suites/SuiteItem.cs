using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Evaluation.Suites;

/// <summary>One question of a suite.</summary>
/// <param name="Cluster">Items of one cluster share a source and are not independent; null: the item stands alone.</param>
/// <param name="Expect">What the verifier is told of a good answer; null where it knows by itself.</param>
internal sealed record SuiteItem(string Id, string Slice, string? Cluster, IReadOnlyList<ChatMessage> Prompt, JsonElement? Expect);
