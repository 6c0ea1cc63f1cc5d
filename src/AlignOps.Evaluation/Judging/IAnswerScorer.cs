using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>A judge that scores answers one at a time, never seeing another.</summary>
internal interface IAnswerScorer
{
    /// <summary>Ends of the scale; null where it has none, as a reward model's.</summary>
    (double Lowest, double Highest)? Scale { get; }

    Task<AnswerScore> ScoreAsync(SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken);
}
