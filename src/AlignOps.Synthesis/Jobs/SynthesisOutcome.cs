using AlignOps.Data.Feedback;
using AlignOps.Synthesis.Agreement;
using AlignOps.Synthesis.Sampling;

namespace AlignOps.Synthesis.Jobs;

/// <summary>The rows a synthesis made, how, and in a sentence why there are few or none.</summary>
internal sealed record SynthesisOutcome(IReadOnlyList<FeedbackRow> Rows, SamplingTally Tally, VerifierAgreement Agreement, string? Note)
{
    public static SynthesisOutcome None(VerifierAgreement agreement, string note) => new([], SamplingTally.Nothing, agreement, note);
}
