using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Runs;

namespace AlignOps.Tests.Pipelines.Compliance;

/// <summary>A run's start state and the messages of its way, for tests of the process manager.</summary>
internal static class RunExamples
{
    public static readonly ModelRef Champion = new(new string('c', 64), new string('d', 64));

    public static RunState Run(bool synthesizes = true, string kind = RunTrigger.Batch, params string[] batches) => new()
    {
        RunId = "r-0123456789abcdef",
        Pipeline = "support-assistant",
        DefinitionDigest = new string('f', 64),
        Trigger = new RunTrigger(kind, "b-1"),
        Seed = 42,
        Synthesizes = synthesizes,
        BatchIds = batches.Length == 0 ? ["b-1"] : batches,
        ReplayBatchIds = ["b-0"],
        Start = Champion,
        Champion = Champion,
        Anchor = new ModelRef(new string('c', 64), null),
    };

    public static DatasetPublished Dataset(bool withSynthetic) =>
        new("r-0123456789abcdef", withSynthetic ? "mixed" : "plain", withSynthetic, 100, 10, withSynthetic ? 25 : 0);

    public static SynthesisCompleted Synthesis() => new("r-0123456789abcdef", "synthetic", 25, null);

    public static CandidateTrained Trained() => new("r-0123456789abcdef", new ModelRef(new string('c', 64), new string('e', 64)), "metrics", 30, 4_000);

    public static CandidateEvaluated Evaluated() => new("r-0123456789abcdef", "evidence", 120, 1);

    public static GateDecided Gate(GateDecision decision, string? code = null) =>
        new("r-0123456789abcdef", "support-assistant", decision, "win rate 0.71, lower bound 0.62 over 120 items", "record", 0.71, 0.62, 120, code);

    public static StepFailed Failed() => new("r-0123456789abcdef", "training.train", "empty-dataset", "no row carries a preference");

    public static object[] Way(bool synthesizes, GateDecision decision) => synthesizes
        ? [Dataset(false), Synthesis(), Dataset(true), Trained(), Evaluated(), Gate(decision)]
        : [Dataset(false), Trained(), Evaluated(), Gate(decision)];

    /// <summary>One message of every kind that may reach a run.</summary>
    public static object[] Messages() =>
    [
        Dataset(false), Dataset(true), Synthesis(), Trained(), Evaluated(),
        Gate(GateDecision.Promote), Gate(GateDecision.Reject), Gate(GateDecision.Inconclusive), Gate(GateDecision.AwaitingApproval), Failed(),
    ];
}
