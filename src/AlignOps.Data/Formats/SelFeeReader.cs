using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// SelFee's rows: an <c>instruction</c> with <c>input</c>, and <c>outputs</c>, each an answer with the <c>feedback</c> that led to the next
/// (kaistAI/SelFee). Several outputs are a ranking in which a revision stands above what it revises; one output is a critique.
/// </summary>
internal sealed class SelFeeReader : IFormatReader
{
    public string Name => "selfee";

    public string Keys => "instruction, outputs with output and feedback";

    public bool Recognises(RowFields fields) => fields.Has("instruction") && fields.IsList("outputs");

    public RowContent Read(RowFields fields)
    {
        var prompt = AlpacaReader.Instruction(fields);
        var outputs = fields.Objects("outputs", RowReasons.NoAnswer, output => new Candidate(output.Answer("output"), Critique: output.OptionalText("feedback")));
        return outputs.Count == 1
            ? new RowContent(FeedbackKind.Critique, prompt, outputs)
            : new RowContent(FeedbackKind.Ranking, prompt, [.. outputs.Select((output, i) => output is null ? new Candidate("") : output with { Score = i })]);
    }
}
