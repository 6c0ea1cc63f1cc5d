using AlignOps.Data.Feedback;

namespace AlignOps.Data.Datasets;

/// <summary>The rows that a dataset version may be made of; their order does not matter.</summary>
/// <param name="New">Accepted rows of the run's batches.</param>
/// <param name="Replay">Rows of batches that were learned before.</param>
/// <param name="Synthetic">Rows made by a model; never held out.</param>
public sealed record DatasetRows(IReadOnlyList<FeedbackRow> New, IReadOnlyList<FeedbackRow> Replay, IReadOnlyList<FeedbackRow> Synthetic);
