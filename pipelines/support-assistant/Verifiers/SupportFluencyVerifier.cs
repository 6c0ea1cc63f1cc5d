using AlignOps.Data;
using AlignOps.Examples.SupportAssistant.Answers;
using AlignOps.Examples.SupportAssistant.Questions;
using AlignOps.Rewards;

namespace AlignOps.Examples.SupportAssistant.Verifiers;

/// <summary>Scores 1 for an answer that is well formed in the assistant's language, whatever it says, and 0 otherwise: what the base can do and alignment must keep.</summary>
public sealed class SupportFluencyVerifier : IVerifier
{
    public string Name => "support-fluency";

    public string Digest { get; } = RulesDigest.Of("support-fluency 1");

    public Verification Verify(IReadOnlyList<ChatMessage> prompt, string answer)
    {
        if (prompt is not [.., { Role: "user", Content: var text }] || QuestionReader.Read(text) is not { } question)
        {
            return Verification.Unscored("The question is none that this verifier knows how to read.");
        }

        var fluent = AnswerGrammar.Accepts(question, answer);
        return new Verification(fluent ? 1 : 0, new Dictionary<string, bool> { ["fluent"] = fluent });
    }
}
