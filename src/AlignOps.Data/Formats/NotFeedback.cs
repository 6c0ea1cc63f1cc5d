namespace AlignOps.Data.Formats;

/// <summary>Well-known shapes that are no feedback by themselves, so that a row of one is told what it is and what to do.</summary>
internal static class NotFeedback
{
    private static readonly (string[] Keys, string Sentence)[] Shapes =
    [
        (["custom_id", "method", "url"], "This is a request of OpenAI's batch API, not feedback on an answer."),
        (["sent_more", "sent_less"], "This is CrowS-Pairs, a benchmark: two sentences whose likelihoods are compared. Nothing was asked and no answer judged."),
        (["question_id", "choices"], "These are a model's answers that name their question by question_id only; join them with the questions, and with a judgement, to make feedback."),
        (["question_id", "text"], "This is a model's answer that names its question by question_id only; join it with the question, and with a judgement, to make feedback."),
        (["idx", "gpt_result"], "This is a judge's verdict that names its answers by idx only; join it with them to make feedback."),
        (["message_id", "parent_id", "text"], "This is a single message of an Open Assistant tree; push the export's trees file, where messages stand with their replies."),
    ];

    /// <summary>What the row is, or null where no known shape fits.</summary>
    public static string? Find(Func<string, bool> has) => Array.Find(Shapes, shape => shape.Keys.All(has)).Sentence;
}
