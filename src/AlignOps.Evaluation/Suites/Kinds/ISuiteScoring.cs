using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>Scores answers one by one.</summary>
internal interface ISuiteScoring
{
    string Name { get; }

    /// <summary>The identity of whoever scores: scores of different digests are not comparable.</summary>
    string Digest { get; }

    /// <summary>Told all answers that are going to be scored, before the first one is.</summary>
    Task PrepareAsync(IReadOnlyList<(Draw Draw, ModelAnswer Answer)> answers, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Protections under which answers are run as programs; null where none is run.</summary>
    IReadOnlyList<string>? Guards => null;

    Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken);
}
