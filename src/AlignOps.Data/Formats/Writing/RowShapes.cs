using System.Text;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats.Writing;

/// <summary>Rows as each format's JSON object; null where the row's kind is not one of the format's.</summary>
internal static class RowShapes
{
    public static readonly IReadOnlyDictionary<string, Func<FeedbackRow, object?>> ByName = new SortedDictionary<string, Func<FeedbackRow, object?>>(StringComparer.Ordinal)
    {
        ["envelope"] = row => row,
        ["hh-rlhf"] = row => row.Kind != FeedbackKind.Preference ? null : new
        {
            chosen = Transcript(row.Prompt, row.Candidates[0].Text),
            rejected = Transcript(row.Prompt, row.Candidates[1].Text),
        },
        ["trl-preference"] = row => row.Kind != FeedbackKind.Preference ? null : new
        {
            prompt = Prompt(row),
            chosen = Reply(row, 0),
            rejected = Reply(row, 1),
        },
        ["openai-preference"] = row => row.Kind != FeedbackKind.Preference ? null : new
        {
            input = new { messages = row.Prompt.Select(Message) },
            preferred_output = new[] { Message(new ChatMessage("assistant", row.Candidates[0].Text)) },
            non_preferred_output = new[] { Message(new ChatMessage("assistant", row.Candidates[1].Text)) },
        },
        ["rrhf"] = row => row.Kind != FeedbackKind.Ranking ? null : new
        {
            query = Prompt(row),
            responses = row.Candidates.Select(c => c.Text),
            scores = row.Candidates.Select(c => c.Score),
        },
        ["thumbs"] = row => row.Kind != FeedbackKind.Thumb ? null : new
        {
            prompt = Prompt(row),
            completion = row.Candidates[0].Text,
            label = row.Candidates[0].Label,
            critique = row.Candidates[0].Critique,
        },
        ["critique"] = row => row.Kind != FeedbackKind.Critique && row is not { Kind: FeedbackKind.Ranking, Candidates: [{ Critique: not null }, _] } ? null : new
        {
            prompt = Prompt(row),
            response = row.Candidates[0].Text,
            critique = row.Candidates[0].Critique,
            refinement = row.Kind == FeedbackKind.Ranking ? row.Candidates[1].Text : null,
            score = row.Kind == FeedbackKind.Ranking ? row.Candidates[0].Aspects?.GetValueOrDefault("score") : row.Candidates[0].Score,
            spans = row.Candidates[0].Spans?.Select(Span),
        },
        ["cut"] = row => row.Kind != FeedbackKind.Critique || Instruction(row) is not { } instruction ? null : new
        {
            instruction,
            input = "",
            output = row.Candidates[0].Text,
            judgment = row.Candidates[0].Critique,
            score = row.Candidates[0].Score,
        },
        ["messages"] = row => row.Kind != FeedbackKind.Demonstration ? null : new
        {
            messages = Conversation(row).Select(Message),
        },
        ["sharegpt"] = row => row.Kind != FeedbackKind.Demonstration ? null : new
        {
            conversations = Conversation(row).Select(message => new { from = message.Role switch { "user" => "human", "assistant" => "gpt", var other => other }, value = message.Content }),
        },
        ["alpaca"] = row => row.Kind != FeedbackKind.Demonstration || Instruction(row) is not { } instruction ? null : new
        {
            instruction,
            input = "",
            output = row.Candidates[0].Text,
        },
        ["self-instruct"] = row => row.Kind != FeedbackKind.Demonstration || Instruction(row) is not { } instruction ? null : new
        {
            instruction,
            instances = new[] { new { input = "", output = row.Candidates[0].Text } },
        },
        ["question-answer"] = row => row.Kind != FeedbackKind.Demonstration || Instruction(row) is not { } question ? null : new
        {
            question,
            answer = row.Candidates[0].Text,
        },
        ["selfee"] = row => row.Kind is not (FeedbackKind.Ranking or FeedbackKind.Critique) || Instruction(row) is not { } instruction ? null : new
        {
            instruction,
            input = "",
            outputs = row.Candidates.Select(c => new { output = c.Text, feedback = c.Critique }),
        },
        ["ultrafeedback"] = row => row.Kind != FeedbackKind.Ranking || Instruction(row) is not { } instruction ? null : new
        {
            instruction,
            completions = row.Candidates.Select(Completion),
        },
        ["helpsteer"] = row => row.Kind != FeedbackKind.Rating || row.Candidates[0].Aspects is not { } aspects ? null : aspects
            .ToDictionary(aspect => aspect.Key, aspect => (object)aspect.Value)
            .Append(new("prompt", Prompt(row))).Append(new("response", row.Candidates[0].Text)).ToDictionary(),
        ["pandalm"] = row => row.Kind != FeedbackKind.Ranking || Instruction(row) is not { } instruction || row.Candidates.Count != 2 ? null
            : Votes(row.Candidates[0].Score, row.Candidates[1].Score) is not { } votes ? null : new
            {
                instruction,
                input = "",
                response1 = row.Candidates[0].Text,
                response2 = row.Candidates[1].Text,
                annotator1 = votes[0],
                annotator2 = votes[1],
                annotator3 = votes[2],
                cmp_key = row.Candidates is [{ Source: { } first }, { Source: { } second }] ? $"{first}_{second}" : null,
            },
        ["oasst"] = row => row.Kind is not (FeedbackKind.Ranking or FeedbackKind.Demonstration) || Instruction(row) is not { } text ? null : new
        {
            message_tree_id = row.Id,
            tree_state = "ready_for_export",
            prompt = new { message_id = row.Id, text, role = "prompter", replies = row.Candidates.Select(c => new { text = c.Text, role = "assistant", rank = -c.Score }) },
        },
        ["tasks"] = row => row.Kind != FeedbackKind.Task ? null : new
        {
            turns = row.Prompt.Select(message => message.Content),
        },
    };

    private static object Prompt(FeedbackRow row) => Instruction(row) ?? (object)row.Prompt.Select(Message);

    private static object Reply(FeedbackRow row, int candidate) => Instruction(row) is null
        ? new[] { Message(new ChatMessage("assistant", row.Candidates[candidate].Text)) }
        : row.Candidates[candidate].Text;

    private static string? Instruction(FeedbackRow row) => row.Prompt is [{ Role: "user" } only] ? only.Content : null;

    private static IEnumerable<ChatMessage> Conversation(FeedbackRow row) => row.Prompt.Append(new ChatMessage("assistant", row.Candidates[0].Text));

    private static object Message(ChatMessage message) => new { role = message.Role, content = message.Content };

    private static object Span(AnswerSpan span) => new
    {
        start = span.Start, end = span.End, label = span.Label == SpanLabel.Good ? "good" : "bad", weight = span.Weight, category = span.Category,
    };

    private static string Transcript(IReadOnlyList<ChatMessage> prompt, string answer) => prompt
        .Aggregate(new StringBuilder(), (text, message) => text.Append(message.Role == "user" ? Formats.Transcript.HumanMarker : Formats.Transcript.AssistantMarker).Append(' ').Append(message.Content))
        .Append(Formats.Transcript.AssistantMarker).Append(' ').Append(answer).ToString();

    private static object Completion(Candidate candidate)
    {
        var completion = new Dictionary<string, object?>
        {
            ["model"] = candidate.Source,
            ["response"] = candidate.Text,
            ["critique"] = candidate.Critique,
        };
        var annotations = new Dictionary<string, object>();
        foreach (var (aspect, value) in candidate.Aspects ?? new Dictionary<string, double>())
        {
            if (aspect is UltraFeedbackReader.OverallScore or UltraFeedbackReader.FineGrainedScore)
            {
                completion[aspect] = value;
            }
            else
            {
                annotations[aspect] = new { Rating = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) };
            }
        }

        completion["annotations"] = annotations;
        return completion;
    }

    /// <summary>Three verdicts with these counts for the first and the second answer; null where no three have them.</summary>
    private static int[]? Votes(double? first, double? second) =>
        first is 0 or 1 or 2 or 3 && second is 0 or 1 or 2 or 3 && first + second <= 3
            ? [.. Enumerable.Repeat(1, (int)first), .. Enumerable.Repeat(2, (int)second), .. Enumerable.Repeat(0, 3 - (int)(first + second))]
            : null;
}
