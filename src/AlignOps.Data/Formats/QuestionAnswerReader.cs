using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>Questions with a reference answer, as GSM8K (<c>question</c>) and FLASK (<c>instruction</c>) have them; the <c>answer</c> is demonstrated.</summary>
internal sealed class QuestionAnswerReader : IFormatReader
{
    public string Name => "question-answer";

    public string Keys => "question or instruction, answer";

    public bool Recognises(RowFields fields) => fields.Has("answer") && (fields.Has("question") || fields.Has("instruction"));

    public RowContent Read(RowFields fields) => RowContent.Demonstration(
        fields.Has("question") ? fields.Conversation("question") : AlpacaReader.Instruction(fields), fields.Answer("answer"));
}
