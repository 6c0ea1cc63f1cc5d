namespace AlignOps.Training.Raft;

/// <summary>What a round sampled and kept.</summary>
/// <param name="Round">1-based.</param>
/// <param name="Invalid">Share of the samples that the filter discarded.</param>
/// <param name="Distinct2">Of the samples; null where none has two words.</param>
/// <param name="MeanReward">Of the samples that were rated.</param>
/// <param name="KeptReward">Of the answers that were kept.</param>
/// <param name="PatternShare">Share of the kept answers that hold their commonest word triple.</param>
internal sealed record RoundReport(
    int Round, int Prompts, int Samples, double Invalid, double? Distinct2, double? MeanReward, int Kept, double? KeptReward, double PatternShare, string Pattern)
{
    public static RoundReport Of(int round, IReadOnlyList<SampledPrompt> prompts, IReadOnlyList<(SampledPrompt Prompt, SampledAnswer Answer)> kept)
    {
        SampledAnswer[] samples = [.. prompts.SelectMany(p => p.Answers)];
        (double share, string pattern) = WordRuns.CommonestTriple([.. kept.Select(k => k.Answer.Text)]);
        return new RoundReport(
            round,
            prompts.Count,
            samples.Length,
            samples.Length == 0 ? 0 : (double)samples.Count(s => s.Fault is not null) / samples.Length,
            WordRuns.Distinct2(samples.Select(s => s.Text)),
            Mean(samples.Select(s => s.Reward)),
            kept.Count,
            Mean(kept.Select(k => k.Answer.Reward)),
            share,
            pattern);
    }

    /// <summary>Of finite rewards: a demonstration has none of its own.</summary>
    private static double? Mean(IEnumerable<double?> rewards)
    {
        double[] known = [.. rewards.OfType<double>().Where(r => r < double.MaxValue)];
        return known.Length == 0 ? null : known.Average();
    }
}
