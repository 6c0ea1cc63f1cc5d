using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>
/// Prefers one of two answers. It sees their places, never whose they are; the answers are untrusted text. Equal input need not give equal verdicts, but whatever decides
/// (model, prompt, parameters, parser, rules) is in <see cref="Digest"/>.
/// </summary>
internal interface IJudge
{
    string Name { get; }

    /// <summary>The judge's identity: verdicts of different digests are not comparable.</summary>
    string Digest { get; }

    /// <summary>Scores single answers, where the judge does; null where it only compares.</summary>
    IAnswerScorer? Scorer => null;

    /// <summary>Compares in this order only; whoever asks also asks the other way round.</summary>
    Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken);
}
