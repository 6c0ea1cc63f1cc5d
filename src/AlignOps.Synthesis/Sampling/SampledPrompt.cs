using AlignOps.Data.Feedback;

namespace AlignOps.Synthesis.Sampling;

/// <summary>A prompt to be answered: the first row of the dataset that has it, and its place in the lot.</summary>
internal sealed record SampledPrompt(FeedbackRow Parent, long Lot);
