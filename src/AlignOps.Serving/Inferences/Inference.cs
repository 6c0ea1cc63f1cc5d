namespace AlignOps.Serving.Inferences;

/// <summary>One answer on record, so that feedback finds what it is about.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Request">The conversation as JSON, cut to the configured length.</param>
internal sealed record Inference(
    string InferenceId,
    string Pipeline,
    int Version,
    long At,
    int PromptTokens,
    int CompletionTokens,
    string FinishReason,
    string AskedBy,
    string Request,
    string Answer)
{
    /// <summary>As what the policy answered: champion, canary or shadow.</summary>
    public string Role { get; init; } = "champion";

    /// <summary>The policy by content.</summary>
    public string Checkpoint { get; init; } = "";
    public string? Adapter { get; init; }

    /// <summary>The deployment that it is evidence in; null where it is in none.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>The person or conversation, hashed.</summary>
    public string ClusterKey { get; init; } = "";

    /// <summary>1 where the caller chose the model.</summary>
    public int Forced { get; init; }

    public long Milliseconds { get; init; }

    /// <summary>The kind of failure; null for an answer.</summary>
    public string? Error { get; init; }
}
