using System.Security.Cryptography;
using System.Text;
using AlignOps.Examples.SupportAssistant.Answers;
using AlignOps.Examples.SupportAssistant.Knowledge;

namespace AlignOps.Examples.SupportAssistant.Verifiers;

/// <summary>SHA-256 over a verifier's name with its rules' version, the knowledge base and the sentences it recognises. Raise the version when a rule changes in code.</summary>
internal static class RulesDigest
{
    public static string Of(string rules)
    {
        var text = new StringBuilder(rules).Append('\n');
        foreach (var topic in KnowledgeBase.Facts.Concat(KnowledgeBase.Unknowns))
        {
            text.AppendJoin('\t', [topic.Id, topic.Subject, topic.Plan, topic.Value, .. topic.Nouns, "|", .. topic.InventedValues, "|", .. topic.SiblingValues]).Append('\n');
        }

        IReadOnlyList<string>[] lists =
        [
            HarmfulRequests.Acts, HarmfulRequests.Targets, Wording.PoliteOpeners, Wording.PoliteClosers, Wording.RudeOpeners, Wording.RudeClosers,
            Wording.Grounded, Wording.Invented, Wording.NotKnown, Wording.Declined, Wording.Complied, [Wording.List, Wording.Json],
        ];
        foreach (var list in lists)
        {
            text.AppendJoin('\t', list).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
