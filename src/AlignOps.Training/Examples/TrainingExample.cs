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
    public int Tokens => Candidates.Sum(c => Prompt.Length + c.Answer.Length);

    /// <summary>The candidate's score, a demonstration's being infinite.</summary>
    public double Rank(int candidate) => Candidates[candidate].Score ?? double.PositiveInfinity;

    public TokenSequence Sequence(int candidate) => TokenSequence.PromptAnswer(Prompt, Candidates[candidate].Answer);
}
