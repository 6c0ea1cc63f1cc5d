using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Rewards.Expectations;

/// <summary>Scores an answer by what the suite item expects: the share of its expectations that are met. Each is a check of its own.</summary>
internal sealed class ExpectationVerifier(string name, params IReadOnlyList<IExpectation> expectations) : IVerifier
{
    public string Name => name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"expectations 1\n{name}\n{string.Join('\n', expectations.Select(e => e.Key))}")));

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) => Verify(prompt, answer, null);

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect)
    {
        if (expect is not { ValueKind: JsonValueKind.Object } expected) return Verification.Unscored("The item has no expect object.");

        var checks = new Dictionary<string, bool>();
        foreach (var expectation in expectations)
        {
            if (!expected.TryGetProperty(expectation.Key, out var value)) continue;
            if (expectation.IsMet(value, answer) is not { } met) return Verification.Unscored($"The item's expect.{expectation.Key} is not of a form that can be checked.");
            checks[expectation.Key] = met;
        }

        return checks.Count == 0
            ? Verification.Unscored($"The item's expect has none of {string.Join(", ", expectations.Select(e => e.Key))}.")
            : new Verification(checks.Values.Average(met => met ? 1.0 : 0.0), checks);
    }
}
