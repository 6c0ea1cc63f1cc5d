using AlignOps.Data;
using AlignOps.Rewards;

namespace AlignOps.Tests.Synthesis;

/// <summary>Likes answers with more letters.</summary>
internal sealed class LetterVerifier : IVerifier
{
    public string Name => "letters";

    public string Digest => "letters-1";

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer) =>
        new(Math.Min(1, answer.Count(char.IsLetter) / 20.0), new Dictionary<string, bool>());
}
