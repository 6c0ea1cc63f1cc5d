namespace AlignOps.Serving.Feedback;

/// <summary>What somebody thought of an answer: at least one of label, score and text.</summary>
internal sealed record FeedbackRequest(string? InferenceId, string? Label, double? Score, string? Text);
