using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives.Preference;

/// <summary>One scored answer while the pairs that it stands in are gone through: its two parts, prompt and answer, each with the slope gathered so far.</summary>
internal sealed class PairAnswer
{
    private readonly ScoredSequence _scored;

    public PairAnswer(ScoredSequence scored, TrainingExample example)
    {
        _scored = scored;
        PromptTokens = scored.Planned.Sequence.Scored.AsSpan(0, example.PromptOf(scored.Planned.Candidate).Length).Count(true);
        PromptSum = scored.LogProbabilities.Take(PromptTokens).Sum();
        Side = new PairSide(scored.Sum - PromptSum, scored.Reference, scored.LogProbabilities.Length - PromptTokens);
    }

    public PairSide Side { get; }

    /// <summary>Scored tokens of the prompt; 0 unless the method imitates the prompt, too.</summary>
    public int PromptTokens { get; }

    public double PromptSum { get; }

    public double AnswerSlope { get; set; }

    public double PromptSlope { get; set; }

    public double[] Gradient() => [.. _scored.LogProbabilities.Select((_, at) => at < PromptTokens ? PromptSlope : AnswerSlope)];
}
