namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>Which role makes which change, so that a distributed proof kills the right process.</summary>
internal static class RoleMap
{
    /// <summary>The role that wrote a message into its outbox.</summary>
    public static string Author(string entity) => entity switch
    {
        "alignops.batch-accepted" or "alignops.dataset-published" => "intake",
        "alignops.synthesis-completed" => "synthesis",
        "alignops.candidate-trained" => "training",
        "alignops.candidate-evaluated" => "evaluation",
        "alignops.gate-decided" or "alignops.model-promoted" => "promotion",
        _ => "pipelines",
    };

    /// <summary>The role at work while a run is in a state.</summary>
    public static string Worker(string state) => state switch
    {
        "synthesizing" => "synthesis",
        "training" => "training",
        "evaluating" => "evaluation",
        "deciding" => "promotion",
        "promoted" or "rejected" or "inconclusive" or "failed" => "promotion",
        _ => "intake",
    };
}
