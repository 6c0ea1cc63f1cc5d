using AlignOps.Contracts;
using AlignOps.Evaluation.Regression.Attribution;
using AlignOps.Evaluation.Regression.Trials;

namespace AlignOps.Evaluation.Regression;

/// <summary>Where a run's candidate is worse than champion or anchor, which batches teach that, and what it looks like.</summary>
/// <param name="Sentence">All of it for people.</param>
/// <param name="Parts">Every suite, slice and behaviour, against each opponent.</param>
/// <param name="Batches">Those the candidate was trained on, the most implicated first; empty where nothing regressed.</param>
/// <param name="Failing">How many answers lost in what regressed.</param>
/// <param name="Examples">Twenty of them at most, of every slice.</param>
/// <param name="Trials">Trainings without one batch that were asked for.</param>
public sealed record RegressionReport(
    string RunId,
    string Pipeline,
    ModelRef Candidate,
    ModelRef Champion,
    ModelRef Anchor,
    string Sentence,
    IReadOnlyList<ComparedPart> Parts,
    IReadOnlyList<ImplicatedBatch> Batches,
    int Failing,
    IReadOnlyList<FailingAnswer> Examples,
    IReadOnlyList<TrialView> Trials);
