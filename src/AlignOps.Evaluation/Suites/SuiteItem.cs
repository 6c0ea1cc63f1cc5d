using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Evaluation.Suites;

/// <summary>One question of a suite.</summary>
/// <param name="Cluster">Items of one cluster share a source and are not independent; null: the item stands alone.</param>
/// <param name="Expect">What the verifier is told of a good answer; null where it knows by itself.</param>
/// <param name="Turns">What the user says further on, each after the model's answer to what was said before; null or empty in a question of one turn.</param>
internal sealed record SuiteItem(string Id, string Slice, string? Cluster, IReadOnlyList<ChatMessage> Prompt, JsonElement? Expect, IReadOnlyList<string>? Turns = null)
{
    /// <summary>A code such as <c>de</c>; null where the suite does not say it and the question does not show it.</summary>
    public string? Language { get; init; }

    /// <summary>1 and the further ones.</summary>
    public int TurnCount => 1 + (Turns?.Count ?? 0);

    /// <summary>The last thing the user says.</summary>
    public string LastQuestion => Turns is { Count: > 0 } turns ? turns[^1] : Prompt[^1].Content;

    /// <summary>All that stands before the next answer, after so many have been given.</summary>
    /// <param name="earlier">The answers so far, in order; no more than there are further turns.</param>
    public IReadOnlyList<ChatMessage> Conversation(IReadOnlyList<string> earlier) =>
        [.. Prompt, .. earlier.SelectMany((answer, turn) => new[] { new ChatMessage("assistant", answer), new ChatMessage("user", Turns![turn]) })];

    /// <summary>The question as it stands after so many turns, as if there were no further ones.</summary>
    /// <param name="turns">1 or more.</param>
    public SuiteItem After(int turns) => this with { Turns = [.. (Turns ?? []).Take(turns - 1)] };
}
