using AlignOps.Data.Feedback;

namespace AlignOps.Data.Datasets;

/// <summary>How a dataset version is mixed.</summary>
/// <param name="HeldOutShare">Share of prompts that are never trained on, in [0, 1).</param>
/// <param name="ReplayShare">Most that rows of earlier batches may be of the training rows.</param>
/// <param name="SyntheticShare">Most that synthetic rows may be of the training rows; with replay's, below 1.</param>
/// <param name="Kinds">The kinds that the training method uses.</param>
public sealed record MixOptions(double HeldOutShare, double ReplayShare, double SyntheticShare, IReadOnlyCollection<FeedbackKind> Kinds);
