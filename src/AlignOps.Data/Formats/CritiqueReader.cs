using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// Language feedback, which has no single standard: an answer (<c>response</c> or <c>output</c>) to a prompt (<c>prompt</c>, or
/// <c>instruction</c> with <c>input</c>) and what was said of it (<c>critique</c> or <c>feedback</c>), with a
/// <c>score</c> where one was given.
/// </summary>
internal sealed class CritiqueReader : IFormatReader
{
    private static readonly string[] CritiqueKeys = ["critique", "feedback"];

    public string Name => "critique";

    public string Keys => "prompt, response, critique";

    public IReadOnlyList<string> Refines => ["alpaca", "question-answer"];

    public bool Recognises(RowFields fields) => CritiqueKeys.Any(fields.HasValue) && (fields.Has("response") || fields.Has("output"));

    public RowContent Read(RowFields fields)
    {
        var prompt = fields.Has("prompt") ? fields.Conversation("prompt") : AlpacaReader.Instruction(fields);
        var answer = fields.Answer(fields.Has("response") ? "response" : "output");
        var critique = fields.Text(CritiqueKeys.FirstOrDefault(fields.HasValue, CritiqueKeys[0]), RowReasons.NoCritique);
        return new RowContent(FeedbackKind.Critique, prompt, [new Candidate(answer, fields.OptionalNumber("score"), Critique: critique)]);
    }
}
