using AlignOps.Models.Policies;

namespace AlignOps.Models.Rotary;

/// <summary>What an engine needs to rotate queries and keys: pair i of a head turns by position·<see cref="Inverse"/>[i], an angle rounded to fp32.</summary>
/// <param name="Inverse">[head dim / 2], in radians a position.</param>
/// <param name="AttentionFactor">Multiplies cosines and sines.</param>
public sealed record RotaryFrequencies(float[] Inverse, float AttentionFactor)
{
    /// <summary>θ^(−2i/d), scaled as the config asks (Su et al. 2021).</summary>
    public static RotaryFrequencies Of(PolicyConfig config)
    {
        var plain = new float[config.HeadDim / 2];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = 1 / (float)Math.Pow((float)config.RopeTheta, 2f * i / config.HeadDim);
        }

        return config.RopeScaling?.Apply(plain, config.RopeTheta) ?? new RotaryFrequencies(plain, 1);
    }
}
