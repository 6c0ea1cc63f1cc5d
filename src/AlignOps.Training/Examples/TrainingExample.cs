using AlignOps.Models.Policies;

namespace AlignOps.Training.Examples;

/// <summary>One prompt and its judged answers: what an objective learns from. Its answers always stand in one micro-batch.</summary>
/// <param name="RowId">The feedback row it was made of.</param>
/// <param name="Prompt">Token ids, template applied; at least one.</param>
public sealed record TrainingExample(string RowId, int[] Prompt, IReadOnlyList<TrainingCandidate> Candidates)
{
    /// <summary>The first candidate of the highest score; a demonstration stands above every score.</summary>
    public int Best
    {
        get
        {
            int best = 0;
            for (int i = 1; i < Candidates.Count; i++)
            {
                if (Rank(i) > Rank(best))
                {
                    best = i;
                }
            }

            return best;
        }
    }

    /// <summary>Prompt and answer of every candidate together.</summary>
    public int Tokens => Candidates.Sum(c => (c.Prompt ?? Prompt).Length + c.Answer.Length);

    /// <summary>The candidate's score, a demonstration's being infinite.</summary>
    public double Rank(int candidate) => Candidates[candidate].Score ?? double.PositiveInfinity;

    /// <summary>The candidate's own prompt, or the example's.</summary>
    public int[] PromptOf(int candidate) => Candidates[candidate].Prompt ?? Prompt;

    /// <summary>The candidate's prompt and answer; answer tokens of weight 0 are not scored.</summary>
    public TokenSequence Sequence(int candidate)
    {
        TokenSequence sequence = TokenSequence.PromptAnswer(PromptOf(candidate), Candidates[candidate].Answer);
        if (Candidates[candidate].Weights is { } weights)
        {
            Span<bool> answer = sequence.Scored.AsSpan(PromptOf(candidate).Length);
            for (int t = 0; t < weights.Length; t++)
            {
                answer[t] = weights[t] != 0;
            }
        }

        return sequence;
    }

    /// <summary>The weights of the candidate's scored tokens, in their order; null where each counts 1.</summary>
    public double[]? ScoredWeights(int candidate) => Candidates[candidate].Weights is { } weights ? [.. weights.Where(w => w != 0)] : null;
}
