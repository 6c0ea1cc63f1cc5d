using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// KTO's unpaired rows: <c>prompt</c>, <c>completion</c> and a <c>label</c>, true for a thumb up. A row without its label is not taken for a
/// demonstration: it may have been a thumb down.
/// </summary>
internal sealed class ThumbsReader : IFormatReader
{
    public string Name => "thumbs";

    public bool Recognises(RowFields fields) => fields.Has("completion");

    public RowContent Read(RowFields fields)
    {
        var prompt = fields.Conversation("prompt");
        var answer = fields.AnswerTurn("completion");
        return new RowContent(FeedbackKind.Thumb, prompt, [new Candidate(answer, Label: fields.Flag("label"), Critique: fields.OptionalText("critique"))]);
    }
}
