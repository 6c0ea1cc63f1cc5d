using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives.Preference;

/// <summary>The pairs of an example: of strictly different ranks only, since a tie prefers nothing.</summary>
internal static class AnswerPairs
{
    public static IReadOnlyList<AnswerPair> Of(TrainingExample example, PairChoice choice)
    {
        if (choice == PairChoice.BestWorst)
        {
            int best = example.Best, worst = Enumerable.Range(0, example.Candidates.Count).MinBy(example.Rank);
            return example.Rank(worst) < example.Rank(best) ? [new AnswerPair(best, worst)] : [];
        }

        List<AnswerPair> pairs = [];
        for (int chosen = 0; chosen < example.Candidates.Count; chosen++)
        {
            for (int rejected = 0; rejected < example.Candidates.Count; rejected++)
            {
                if (example.Rank(rejected) < example.Rank(chosen))
                {
                    pairs.Add(new AnswerPair(chosen, rejected));
                }
            }
        }

        return pairs;
    }
}
