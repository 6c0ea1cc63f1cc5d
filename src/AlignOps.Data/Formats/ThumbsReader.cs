using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// KTO's unpaired rows: <c>prompt</c>, <c>completion</c> and a <c>label</c>, true for a thumb up (huggingface.co/docs/trl, dataset formats).
/// A row without its label is not taken for a demonstration: it may have been a thumb down.
/// </summary>
internal sealed class ThumbsReader : IFormatReader
{
    private static readonly string[] AnswerKeys = ["completion", "response", "output"];

    public string Name => "thumbs";

    public string Keys => "prompt, completion, label";

    public IReadOnlyList<string> Refines => ["alpaca", "critique"];

    public bool Recognises(RowFields fields) => fields.Has("completion") || (fields.IsFlag("label") && AnswerKeys.Any(fields.Has));

    public RowContent Read(RowFields fields)
    {
        var prompt = fields.Has("instruction") && !fields.Has("prompt") ? AlpacaReader.Instruction(fields) : fields.Conversation("prompt");
        var answer = fields.AnswerTurn(AnswerKeys.FirstOrDefault(fields.Has, AnswerKeys[0]));
        return new RowContent(FeedbackKind.Thumb, prompt, [new Candidate(answer, Label: fields.Flag("label"), Critique: fields.OptionalText("critique"))]);
    }
}
