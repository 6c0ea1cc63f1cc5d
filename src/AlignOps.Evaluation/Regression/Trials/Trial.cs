namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>A row of <c>evaluation_trial</c>: a run trained and evaluated again without one batch. It promotes nothing and moves no batch.</summary>
internal sealed class Trial
{
    public const string Training = "training";
    public const string Evaluating = "evaluating";
    public const string Done = "done";
    public const string Failed = "failed";

    public const string Tables = """
        create table evaluation_trial (
            trial_id        text   not null primary key,
            run_id          text   not null,
            batch_id        text   not null,
            state           text   not null,
            dataset_digest  text   not null,
            evidence_digest text,
            reason          text   not null,
            asked_by        text   not null,
            at              bigint not null
        );
        create index evaluation_trial_run on evaluation_trial (run_id);
        """;

    /// <summary>Stands in the place of a run's id in the messages to Training and Evaluation; the same run and batch are tried once.</summary>
    public string TrialId { get; init; } = "";
    public string RunId { get; init; } = "";
    public string BatchId { get; init; } = "";
    public string State { get; init; } = "";
    public string DatasetDigest { get; init; } = "";
    public string? EvidenceDigest { get; init; }
    public string Reason { get; init; } = "";
    public string AskedBy { get; init; } = "";
    public long At { get; init; }

    public static string IdOf(string runId, string batchId) => $"{runId}-without-{batchId}";
}
