using AlignOps.Data;
using AlignOps.Rewards;

namespace AlignOps.Tests.Synthesis;

/// <summary>Scores an answer by the share of its words that are kind; cannot judge answers that speak of the weather.</summary>
internal sealed class WordVerifier : IVerifier
{
    public string Name => "kind-words";

    public string Digest => "kind-words-1";

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer)
    {
        string[] words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Contains("weather")
            ? Verification.Unscored("weather")
            : new Verification(words.Length == 0 ? 0 : (double)words.Count(w => w == "kind") / words.Length, new Dictionary<string, bool>());
    }
}
