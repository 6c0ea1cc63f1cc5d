using System.Numerics;
using AlignOps.Training.Examples;

namespace AlignOps.Training.HeldOut;

/// <summary>What both ways to measure held-out examples share: parts that go through the engine at once, and the order among an example's answers.</summary>
internal static class HeldOutParts
{
    /// <summary>The examples in order, as many together as the limit holds; one that is larger stands alone.</summary>
    public static IEnumerable<TrainingExample[]> Of(IReadOnlyList<TrainingExample> examples, int maxTokens)
    {
        for (int start = 0, end; start < examples.Count; start = end)
        {
            int tokens = 0;
            for (end = start; end < examples.Count && (end == start || tokens + examples[end].Tokens <= maxTokens); end++)
            {
                tokens += examples[end].Tokens;
            }

            yield return [.. examples.Skip(start).Take(end - start)];
        }
    }

    /// <summary>How many pairs of answers people ordered, and how many of them the scores order alike.</summary>
    public static (int Pairs, int Right) Order<T>(TrainingExample example, IReadOnlyList<T> scores)
        where T : IComparisonOperators<T, T, bool>
    {
        int pairs = 0, right = 0;
        for (int worse = 0; worse < scores.Count; worse++)
        {
            for (int better = 0; better < scores.Count; better++)
            {
                if (example.Rank(worse) < example.Rank(better))
                {
                    pairs++;
                    right += scores[worse] < scores[better] ? 1 : 0;
                }
            }
        }

        return (pairs, right);
    }
}
