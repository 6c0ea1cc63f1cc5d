using AlignOps.Data.Feedback;

namespace AlignOps.Training.Raft;

/// <summary>Where a round's answers come from.</summary>
internal interface IRollout
{
    /// <summary>Answers to the rows' prompts, rated; a function of the rows, the round and what it was made with.</summary>
    IReadOnlyList<SampledPrompt> Answer(IReadOnlyList<FeedbackRow> rows, int round, CancellationToken cancellationToken);
}
