namespace AlignOps.Models.Forecasts;

/// <summary>Bytes that a training is going to hold, by what holds them. What the process needs beside the engine is not in it.</summary>
public sealed record MemoryForecast
{
    /// <summary>The policy's own weights, in every form that the engine keeps of them.</summary>
    public long Weights { get; init; }

    /// <summary>The adapter and the reward head, likewise; 0 where every weight is trained.</summary>
    public long Adapter { get; init; }

    public long Gradients { get; init; }

    /// <summary>AdamW's two means a trained weight.</summary>
    public long OptimizerMoments { get; init; }

    /// <summary>What a pass keeps for its way back, and the workers' scratch.</summary>
    public long Activations { get; init; }

    /// <summary>The blocks of logits that exist at a time.</summary>
    public long Logits { get; init; }

    /// <summary>The frozen policy beside the trained one, with what scoring needs.</summary>
    public long Reference { get; init; }

    public long KeyValueCache { get; init; }

    public long Total => Weights + Adapter + Gradients + OptimizerMoments + Activations + Logits + Reference + KeyValueCache;

    /// <summary>The largest number of tokens a micro-batch, up to <paramref name="most"/>, whose forecast stays within <paramref name="available"/> bytes; 0 where none does.</summary>
    /// <param name="at">The forecast at so many tokens; more tokens never take less.</param>
    public static int Fit(Func<int, MemoryForecast> at, long available, int most)
    {
        (int fits, int tooMany) = (0, most + 1);
        while (tooMany - fits > 1)
        {
            int middle = fits + ((tooMany - fits) / 2);
            (fits, tooMany) = at(middle).Total <= available ? (middle, tooMany) : (fits, middle);
        }

        return fits;
    }
}
