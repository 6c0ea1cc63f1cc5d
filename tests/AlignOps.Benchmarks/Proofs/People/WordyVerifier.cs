using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards;

namespace AlignOps.Benchmarks.Proofs.People;

/// <summary>A judge that is wrong in a known way: it likes whatever is longer, but on one question in four cannot make up its mind.</summary>
internal sealed class WordyVerifier : IVerifier
{
    private static readonly Dictionary<string, bool> None = [];

    public string Name => "wordy";

    public string Digest => "wordy 1";

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) => Verify(prompt, answer, null);

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect) =>
        new(SimulatedPerson.Chance(prompt[^1].Content, "undecided") < 0.25 ? 0.5 : Math.Min(1, 0.4 + answer.Length / 200.0), None);
}
