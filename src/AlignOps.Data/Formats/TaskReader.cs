using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// Prompts without answers: MT-Bench's and Vicuna's <c>turns</c>, which stand in the prompt in the order they are asked; AlpacaEval's <c>instruction</c>
/// beside a preference whose answers are not in the row. A plain prompt is taken only where <c>format=tasks</c> says so: in a batch of feedback it is a row
/// that lost its answer.
/// </summary>
internal sealed class TaskReader : IFormatReader
{
    private static readonly string[] PromptKeys = ["prompt", "question", "query"];

    public string Name => "tasks";

    public string Keys => "turns, or instruction and preference without answers";

    public bool Recognises(RowFields fields) =>
        (fields.IsList("turns") && !fields.Has("choices")) || (fields.Has("instruction") && fields.IsNumber("preference") && fields.Has("chars_model"));

    public RowContent Read(RowFields fields) => new(FeedbackKind.Task, Prompt(fields), []);

    private static IReadOnlyList<ChatMessage> Prompt(RowFields fields) =>
        fields.IsList("turns") ? [.. fields.Texts("turns", RowReasons.EmptyPrompt).Select(turn => new ChatMessage("user", turn))]
        : PromptKeys.FirstOrDefault(fields.Has) is { } key ? fields.Conversation(key)
        : AlpacaReader.Instruction(fields);
}
