using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>A way of asking a language model for a score of one answer; of two answers the one with the higher score is better, whatever their places.</summary>
internal abstract class ScoringProtocol(double tieWithin) : IProtocol
{
    public abstract object Identity { get; }

    public abstract (double Lowest, double Highest) Scale { get; }

    protected double TieWithin => tieWithin;

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) =>
        ScoreComparison.Compare(await ScoreAsync(interview, item, first, cancellationToken), await ScoreAsync(interview, item, second, cancellationToken), tieWithin);

    public abstract Task<AnswerScore> ScoreAsync(Interview interview, SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken);
}
