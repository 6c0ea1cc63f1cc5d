using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// CUT's rows: Alpaca's <c>instruction</c>, <c>input</c> and <c>output</c> with a <c>judgment</c> in words, and a <c>score</c> where one was given
/// (wwxu21/CUT). A row whose judgment is null demonstrates its output, as Alpaca's do.
/// </summary>
internal sealed class CutReader : IFormatReader
{
    public string Name => "cut";

    public string Keys => "instruction, output, judgment";

    public IReadOnlyList<string> Refines => ["alpaca"];

    public bool Recognises(RowFields fields) => fields.HasValue("judgment") && fields.Has("instruction");

    public RowContent Read(RowFields fields) => new(
        FeedbackKind.Critique,
        AlpacaReader.Instruction(fields),
        [new Candidate(fields.Answer("output"), fields.OptionalNumber("score"), Critique: fields.Text("judgment", RowReasons.NoCritique))]);
}
