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
    string Answer);
