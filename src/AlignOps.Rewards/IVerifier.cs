using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Rewards;

/// <summary>
/// Scores an answer by rule, with no model and no randomness: equal input, equal verdict. Verifiers qualify as judges by construction.
/// </summary>
public interface IVerifier
{
    /// <summary>Stable name, the key in pipeline.yaml.</summary>
    string Name { get; }

    /// <summary>Digest of the rules and their data; part of the identity of every judgment made with it.</summary>
    string Digest { get; }

    /// <summary>Scores one answer. Never throws for any text; an answer that cannot be judged is <see cref="Verification.Unscored"/>.</summary>
    Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer);

    /// <summary>As above, with what the suite item says of a good answer; a verifier that knows by itself ignores it.</summary>
    /// <param name="expect">The item's <c>expect</c> object, or null where it has none.</param>
    Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect) => Verify(prompt, answer);

    /// <summary>Protections under which it runs answers as programs, for the evidence; null for a verifier that only reads them.</summary>
    IReadOnlyList<string>? Guards => null;
}
