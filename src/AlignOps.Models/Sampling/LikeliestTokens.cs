using AlignOps.Models.Generation;

namespace AlignOps.Models.Sampling;

/// <summary>The head of a distribution, for those who ask what else could have come.</summary>
public static class LikeliestTokens
{
    /// <summary>The tokens of the largest logits, largest first and the lowest id on ties. O(vocabulary · log count).</summary>
    /// <param name="logSumExp">log Σ exp over the logits, which makes them log-probabilities.</param>
    /// <param name="count">How many; fewer come where the vocabulary is smaller.</param>
    public static TokenChance[] Of(ReadOnlySpan<float> logits, float logSumExp, int count)
    {
        count = Math.Min(count, logits.Length);
        if (count <= 0)
        {
            return [];
        }

        // The heap's top is the weakest kept one: the smallest logit, the highest id on ties.
        var kept = new PriorityQueue<int, (float Logit, int Minus)>(count);
        for (int token = 0; token < logits.Length; token++)
        {
            (float, int) rank = (logits[token], -token);
            if (kept.Count < count)
            {
                kept.Enqueue(token, rank);
            }
            else if (logits[token] > logits[kept.Peek()])
            {
                kept.EnqueueDequeue(token, rank);
            }
        }

        var likeliest = new TokenChance[count];
        for (int place = count - 1; place >= 0; place--)
        {
            int token = kept.Dequeue();
            likeliest[place] = new TokenChance(token, logits[token] - logSumExp);
        }

        return likeliest;
    }
}
