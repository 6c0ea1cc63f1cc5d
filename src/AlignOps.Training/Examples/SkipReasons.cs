using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>Why an accepted row made no example for the method, in a code and in a sentence.</summary>
public static class SkipReasons
{
    public const string TurnsDiffer = "turns-differ";
    public const string NoCritique = "no-critique";
    public const string NoRevision = "no-revision";
    public const string NoSpans = "no-spans";
    public const string SpansUnaligned = "spans-unaligned";
    public const string NoClass = "no-class";
    public const string NoPair = "no-pair";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [ExampleSet.TooLong] = "prompt and answer together are longer than training.max_tokens or the policy's own limit; nothing is cut",
        [ExampleSet.UnusedKind] = "of a kind that the method does not learn from",
        [ExampleSet.NoSignal] = "nothing to learn: no order among the answers and none to imitate",
        [TurnsDiffer] = "the chat template writes earlier turns otherwise inside a longer conversation, so they cannot be learned in place",
        [NoCritique] = "no words about the answer",
        [NoRevision] = "no revised answer beside the one it revises",
        [NoSpans] = "no span of an answer is marked good or bad",
        [SpansUnaligned] = "the tokenizer changes the answer's text, so marked spans cannot be found among its tokens",
        [NoClass] = "no answer belongs to one of training.c_rlft.classes",
        [TokenizationFaults.TemplateRaised] = "the chat template itself refuses the conversation, as many do where roles do not alternate",
        [TokenizationFaults.TemplateError] = "the chat template runs into an error on the conversation",
        [TokenizationFaults.TemplateLimit] = "the chat template takes too long over the conversation, or writes too much",
        [TokenizationFaults.UnknownRole] = "a message of a role that chat templates do not know",
        [TokenizationFaults.PromptNotPrefix] = "the chat template writes the answer's beginning otherwise than it asks for it, so what would be trained is not what is served",
        [TokenizationFaults.NoEndOfTurn] = "the chat template ends an answer with no special token",
        [NoPair] = "no better and worse answer to the same prompt",
    };

    /// <summary>What the code means; null for one that is not known here. Rows that were left out before they were shaped are counted by the name of their kind.</summary>
    public static string? Sentence(string code) => Sentences.GetValueOrDefault(FeedbackKinds.Find(code) is null ? code : ExampleSet.UnusedKind);
}
