namespace AlignOps.WebConsole.Reading;

/// <summary>All that a run's page shows.</summary>
/// <param name="Loss">Empty until the first step is trained.</param>
/// <param name="Evidence">Null until something was judged.</param>
/// <param name="Gate">Null until the gate has looked.</param>
/// <param name="Approval">Null where nobody is asked.</param>
/// <param name="Answers">Null until there is evidence.</param>
public sealed record RunModel(
    RunLine Run,
    IReadOnlyList<RunStep> Steps,
    IReadOnlyList<RunEventLine> Events,
    IReadOnlyList<BatchLine> Batches,
    DatasetLine? Dataset,
    TrainingCurve Loss,
    EvidenceCurve? Evidence,
    GateRecord? Gate,
    ApprovalLine? Approval,
    IReadOnlyList<VoteLine> Votes,
    DeploymentLine? Deployment,
    AnswerPage? Answers,
    DateTimeOffset Now)
{
    /// <summary>What each suite came to; empty until there is evidence.</summary>
    public IReadOnlyList<SuiteLine> Suites { get; init; } = [];

    /// <summary>Nothing of it will change by itself.</summary>
    public bool IsOver => Run.EndedAt is not null && Deployment is not { IsActive: true };
}
