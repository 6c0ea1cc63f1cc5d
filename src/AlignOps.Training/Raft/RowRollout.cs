using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Raft;

/// <summary>The offline form: the answers that the rows bring, with their scores. A demonstration is the best there is.</summary>
internal sealed class RowRollout(ITokenizer tokenizer) : IRollout
{
    public IReadOnlyList<SampledPrompt> Answer(IReadOnlyList<FeedbackRow> rows, int round, CancellationToken cancellationToken) =>
    [
        .. rows.Select(row => new SampledPrompt(
            row.Id,
            tokenizer.EncodePrompt(row.Prompt),
            [
                .. CandidateScores.Of(row).Select(judged => AnswerFilter.Fault(judged.Candidate.Text, finished: true) is { } fault
                    ? new SampledAnswer(judged.Candidate.Text, tokenizer.EncodeAnswer(judged.Candidate.Text), null, fault)
                    : new SampledAnswer(judged.Candidate.Text, tokenizer.EncodeAnswer(judged.Candidate.Text), judged.Score ?? double.MaxValue, null)),
            ])),
    ];
}
