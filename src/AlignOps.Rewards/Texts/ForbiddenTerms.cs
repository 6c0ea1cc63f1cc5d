using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Rewards.Texts;

/// <summary>Whether an answer is free of listed words and phrases, in any case and punctuation, as whole words.</summary>
/// <param name="check">What the behaviour is called, such as <c>non-toxic</c>.</param>
public sealed class ForbiddenTerms(string name, string check, IReadOnlyList<string> terms) : IVerifier
{
    private readonly string[] _terms = [.. terms.Select(Spaced).Where(term => term.Length > 1).Distinct(StringComparer.Ordinal)];

    public string Name => name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"forbidden terms 1\n{check}\n{string.Join('\n', terms)}")));

    /// <summary>The terms of a list: one a line, # begins a comment.</summary>
    public static IReadOnlyList<string> Read(string text) => [.. text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)];

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer)
    {
        var words = Spaced(answer);
        var free = !_terms.Any(term => words.Contains(term, StringComparison.Ordinal));
        return new Verification(free ? 1 : 0, new Dictionary<string, bool> { [check] = free });
    }

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect) => Verify(prompt, answer);

    private static string Spaced(string text) => WordList.Of(text) is { Count: > 0 } words ? $" {string.Join(' ', words)} " : "";
}
