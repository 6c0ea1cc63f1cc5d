using AlignOps.Contracts;

namespace AlignOps.Pipelines.Runs;

/// <summary>Everything a run has to remember to go on: what it was started with, and what its steps have brought so far.</summary>
internal sealed record RunState
{
    public required string RunId { get; init; }
    public required string Pipeline { get; init; }
    public required string DefinitionDigest { get; init; }
    public required RunTrigger Trigger { get; init; }
    public required long Seed { get; init; }

    /// <summary>Whether the definition asks for synthetic rows; without them the first dataset version is the one trained on.</summary>
    public required bool Synthesizes { get; init; }

    /// <summary>What is learned in this run, sorted by id.</summary>
    public required IReadOnlyList<string> BatchIds { get; init; }

    /// <summary>What was learned before and is replayed, sorted by id.</summary>
    public required IReadOnlyList<string> ReplayBatchIds { get; init; }

    public required ModelRef Start { get; init; }

    /// <summary>The champion when the run started: its reference policy and its opponent at the gate.</summary>
    public required ModelRef Champion { get; init; }

    public required ModelRef Anchor { get; init; }

    public RunPhase Phase { get; init; } = RunPhase.Preparing;
    public string? DatasetDigest { get; init; }
    public string? SyntheticDigest { get; init; }
    public ModelRef? Candidate { get; init; }
    public string? EvidenceDigest { get; init; }
    public GateDecision? Decision { get; init; }

    /// <summary>Why it ended as it did: the gate's sentence, or <c>code: sentence</c> of the step that failed.</summary>
    public string? Reason { get; init; }

    public string? RecordDigest { get; init; }
    public double? WinRate { get; init; }
    public double? Lower { get; init; }
    public int? Items { get; init; }

    /// <summary>Number of the last event on record; the next is one higher.</summary>
    public int LastEvent { get; init; }
}
