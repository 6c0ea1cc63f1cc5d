using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// PandaLM's labelled pairs: <c>response1</c>, <c>response2</c> and three people's verdicts <c>annotator1</c> to <c>annotator3</c>, 1 or 2 for the
/// better answer and 0 for a tie (WeOpenML/PandaLM). An answer's score is how many preferred it, so that a narrow vote stays narrow.
/// </summary>
internal sealed class PandaLmReader : IFormatReader
{
    private static readonly string[] Annotators = ["annotator1", "annotator2", "annotator3"];

    public string Name => "pandalm";

    public string Keys => "instruction, response1, response2, annotator1 to annotator3";

    public bool Recognises(RowFields fields) => fields.Has("response1") && fields.Has("response2") && fields.Has("annotator1");

    public RowContent Read(RowFields fields)
    {
        var votes = Annotators.Select(fields.OptionalNumber).ToList();
        if (votes.Any(vote => vote is not (null or 0 or 1 or 2)))
        {
            fields.Fail(RowReasons.WrongType, "An annotator's verdict must be 0 for a tie, 1 or 2.");
        }

        var models = fields.OptionalText("cmp_key")?.Split('_') is [var first, var second] ? (first, second) : (null as string, null as string);
        return new RowContent(
            FeedbackKind.Ranking,
            AlpacaReader.Instruction(fields),
            [
                new Candidate(fields.Answer("response1"), votes.Count(vote => vote == 1), Source: models.Item1),
                new Candidate(fields.Answer("response2"), votes.Count(vote => vote == 2), Source: models.Item2),
            ]);
    }
}
