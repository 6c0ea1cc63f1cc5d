using System.Buffers;
using System.Runtime.Intrinsics;

namespace AlignOps.Models.Sampling;

/// <summary>Draws the next token from a row of logits. The same logits, settings and stream give the same token.</summary>
public static class TokenSampler
{
    /// <param name="logits">One for each token; −∞ is never drawn.</param>
    /// <param name="temperature">0 is greedy, the lowest id on ties, and draws nothing from the stream; otherwise logits are divided by it.</param>
    /// <param name="topP">In (0, 1]: only the fewest most likely tokens that reach this probability are drawn from (Holtzman et al. 2020).</param>
    /// <param name="topK">Only so many of the most likely tokens, and those as likely as the last of them, are drawn from, before the nucleus is taken; 0 is all.</param>
    /// <exception cref="ArgumentException">NaN among the logits, or no logit above −∞.</exception>
    public static int Sample(ReadOnlySpan<float> logits, double temperature, double topP, RandomStream random, int topK = 0)
    {
        if (!(temperature >= 0) || !(topP > 0 && topP <= 1) || topK < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(temperature), $"Temperature {temperature} should be 0 or more, top-p {topP} above 0 and at most 1, top-k {topK} 0 or more.");
        }

        int best = Greedy(logits);
        if (temperature == 0 || float.IsPositiveInfinity(logits[best]))
        {
            return best;
        }

        float[] weights = ArrayPool<float>.Shared.Rent(logits.Length);
        try
        {
            Span<float> row = weights.AsSpan(0, logits.Length);
            double total = Weigh(logits, logits[best], 1 / temperature, row);
            if (topK > 0 && topK < row.Length)
            {
                total = KeepLikeliest(row, topK);
            }

            return topP < 1
                ? DrawFromNucleus(row, total, topP, random.NextDouble())
                : Draw(row, total * random.NextDouble(), best);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(weights);
        }
    }

    /// <summary>The token of the largest logit, the lowest id on ties.</summary>
    public static int Greedy(ReadOnlySpan<float> logits)
    {
        int best = -1;
        float largest = float.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
        {
            if (logits[i] > largest)
            {
                best = i;
                largest = logits[i];
            }
            else if (float.IsNaN(logits[i]))
            {
                throw new ArgumentException($"The logit of token {i} is not a number.", nameof(logits));
            }
        }

        return best >= 0 ? best : throw new ArgumentException("No token has a logit above −∞.", nameof(logits));
    }

    private static double Weigh(ReadOnlySpan<float> logits, float largest, double inverseTemperature, Span<float> weights)
    {
        float inverse = (float)Math.Min(inverseTemperature, float.MaxValue);
        int whole = logits.Length - (logits.Length % Vector256<float>.Count);
        for (int at = 0; at < whole; at += Vector256<float>.Count)
        {
            Exponential(logits[at..]).CopyTo(weights[at..]);
        }

        // The last few go the same way as the rest, so that equal logits weigh the same.
        Span<float> rest = stackalloc float[Vector256<float>.Count];
        logits[whole..].CopyTo(rest);
        Exponential(rest).CopyTo(rest);
        rest[..(logits.Length - whole)].CopyTo(weights[whole..]);

        double total = 0;
        foreach (float weight in weights)
        {
            total += weight;
        }

        return total;

        Vector256<float> Exponential(ReadOnlySpan<float> values) => Vector256.Exp((Vector256.Create(values) - Vector256.Create(largest)) * inverse);
    }

    /// <returns>What the weights kept sum to.</returns>
    private static double KeepLikeliest(Span<float> weights, int count)
    {
        float[] sorted = ArrayPool<float>.Shared.Rent(weights.Length);
        try
        {
            weights.CopyTo(sorted);
            sorted.AsSpan(0, weights.Length).Sort();
            float least = sorted[weights.Length - count];
            double total = 0;
            foreach (ref float weight in weights)
            {
                weight = weight < least ? 0 : weight;
                total += weight;
            }

            return total;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sorted);
        }
    }

    private static int Draw(ReadOnlySpan<float> weights, double target, int otherwise)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (target < sum)
            {
                return i;
            }
        }

        return otherwise;
    }

    private static int DrawFromNucleus(ReadOnlySpan<float> weights, double total, double topP, double uniform)
    {
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(weights.Length);
        try
        {
            // Tokens below this weigh less than 1 − p together, so the nucleus lies above it: most of a large vocabulary is never sorted.
            double floor = (1 - topP) * total / weights.Length;
            int count = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                if (weights[i] >= floor)
                {
                    // Positive floats order as their bits do: heaviest first, then the lowest id.
                    keys[count++] = ((ulong)~BitConverter.SingleToUInt32Bits(weights[i]) << 32) | (uint)i;
                }
            }

            Span<ulong> candidates = keys.AsSpan(0, count);
            candidates.Sort();
            int kept = 0;
            double mass = 0;
            while (kept < count && mass < topP * total)
            {
                mass += weights[Token(candidates[kept++])];
            }

            double sum = 0;
            foreach (ulong key in candidates[..kept])
            {
                sum += weights[Token(key)];
                if (uniform * mass < sum)
                {
                    return Token(key);
                }
            }

            return Token(candidates[0]);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    private static int Token(ulong key) => (int)(uint)key;
}
