using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards.Expectations;

namespace AlignOps.Rewards.Texts;

/// <summary>
/// <c>supported</c>: whether what the answer says stands in <c>expect.context</c> (a text or several). Its score is the share of its telling words that do; a number that does not stand there
/// makes it 0. Words only: it knows no paraphrase and no negation, and says so by being a rule.
/// </summary>
internal sealed class SupportedClaim : IVerifier
{
    private const double Enough = 0.75;
    private const int ShortestTelling = 4, ShortestInflected = 5;

    public string Name => "supported";

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"supported claim 1\n{Enough}\n{ShortestTelling}"))));

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) => Verify(prompt, answer, null);

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer, JsonElement? expect)
    {
        if (expect is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty("context", out var value) || JsonStrings.Of(value) is not { Count: > 0 } context)
        {
            return Verification.Unscored("The item has no expect.context to find the claim in.");
        }

        var known = context.SelectMany(Words).Select(Root).ToHashSet(StringComparer.Ordinal);
        var words = Words(answer);
        var telling = words.Where(word => word.Length >= ShortestTelling || word.Any(char.IsDigit)).ToList() is { Count: > 0 } some ? some : words;
        var share = telling.Any(word => word.Any(char.IsDigit) && !known.Contains(Root(word))) ? 0
            : telling.Count == 0 ? 1
            : telling.Count(word => known.Contains(Root(word))) / (double)telling.Count;
        return new Verification(share, new Dictionary<string, bool> { ["supported"] = share >= Enough });
    }

    /// <summary>English endings do not count: "opened" is "opens" is "open".</summary>
    private static string Root(string word) => word switch
    {
        _ when word.Length < ShortestInflected || word.Any(char.IsDigit) => word,
        [.. var stem, 'i', 'e', 's'] => stem + "y",
        [.. var stem, 'i', 'n', 'g'] => stem,
        [.. var stem, 'e', 'd'] => stem,
        [.., 's', 's'] => word,
        [.. var stem, 's'] => stem,
        _ => word,
    };

    private static IReadOnlyList<string> Words(string text) => WordList.Of(text);
}
