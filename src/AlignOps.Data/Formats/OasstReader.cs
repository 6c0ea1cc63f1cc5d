using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// Open Assistant's trees: <c>prompt</c> is a message with <c>text</c>, <c>role</c> and <c>replies</c>, and so is each reply (LAION-AI/Open-Assistant,
/// oasst-data). Ranked replies to one message are a ranking, rank 0 being the best; unranked ones are demonstrations. Messages that reviewers
/// marked as spam or that were deleted are left out with all below them.
/// </summary>
internal sealed class OasstReader : IFormatReader
{
    public string Name => "oasst";

    public string Keys => "message_tree_id, prompt with replies";

    public bool Recognises(RowFields fields) => fields.Has("message_tree_id") && fields.IsObject("prompt");

    public RowContent Read(RowFields fields) => ReadAll(fields)[0];

    public IReadOnlyList<RowContent> ReadAll(RowFields fields)
    {
        var rows = new List<RowContent>();
        if (fields.Object("prompt") is { } prompt)
        {
            var root = Message(prompt);
            fields.FailAs(prompt, "prompt");
            if (fields.Fault is null && !root.Usable)
            {
                fields.Fail(RowReasons.MarkedAsSpam, "The tree's first message was deleted or marked as spam by its reviewers.");
            }
            else if (fields.Fault is null)
            {
                Collect(root, [], rows);
            }
        }

        if (rows.Count == 0)
        {
            fields.Fail(RowReasons.NoAnswer, "No message of the tree has an assistant's reply.");
            rows.Add(RowContent.Demonstration([], ""));
        }

        return rows;
    }

    private static OasstMessage Message(RowFields fields) => new(
        fields.Text("text"),
        fields.Text("role"),
        fields.OptionalNumber("rank"),
        fields.OptionalFlag("review_result") != false && fields.OptionalFlag("deleted") != true,
        fields.HasValue("replies") ? fields.Objects("replies", RowReasons.NoAnswer, Message) : []);

    private static void Collect(OasstMessage message, ChatMessage[] before, List<RowContent> rows)
    {
        ChatMessage[] conversation = [.. before, new ChatMessage(message.Role == "assistant" ? "assistant" : "user", message.Text)];
        var replies = message.Replies.Where(reply => reply.Usable).ToList();
        if (message.Role != "assistant")
        {
            var answers = replies.Where(reply => reply.Role == "assistant").ToList();
            var ranked = answers.Where(answer => answer.Rank is not null).ToList();
            rows.AddRange(ranked.Count >= 2
                ? [new RowContent(FeedbackKind.Ranking, conversation, [.. ranked.Select(answer => new Candidate(answer.Text, -answer.Rank))])]
                : answers.Select(answer => RowContent.Demonstration(conversation, answer.Text)));
        }

        foreach (var reply in replies)
        {
            Collect(reply, conversation, rows);
        }
    }
}
