using System.Text.Json;

namespace AlignOps.Evaluation.Benchmarks;

/// <summary>A programming task; right is a program that passes its tests in the sandbox.</summary>
/// <param name="Expect"><c>{"code": {…}}</c>, as a suite's item has it for the verifier <c>code</c>.</param>
public sealed record CodeItem(string Id, string Slice, string? Cluster, string Prompt, JsonElement Expect) : WrittenItem(Id, Slice, Cluster, Prompt);
