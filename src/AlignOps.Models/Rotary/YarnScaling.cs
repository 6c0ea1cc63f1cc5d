namespace AlignOps.Models.Rotary;

/// <summary>
/// YaRN (Peng et al. 2023): frequencies that turn more than β_fast times within the original length stay, those that turn less than β_slow times are divided by the
/// factor, and a ramp over the dimensions joins them. Cosines and sines are multiplied by the attention factor.
/// </summary>
public sealed record YarnScaling(double Factor, int OriginalPositions) : RopeScaling
{
    public override string Type => "yarn";

    /// <summary>Null: 0.1·ln(factor) + 1, or the quotient of the two that <see cref="Mscale"/> and <see cref="MscaleAllDim"/> give where both are there.</summary>
    public double? AttentionFactor { get; init; }

    public double BetaFast { get; init; } = 32;

    public double BetaSlow { get; init; } = 1;

    public double? Mscale { get; init; }

    public double? MscaleAllDim { get; init; }

    /// <summary>Whether the ramp begins and ends at whole dimensions.</summary>
    public bool Truncate { get; init; } = true;

    internal override RotaryFrequencies Apply(float[] plain, double theta)
    {
        int dimensions = 2 * plain.Length;
        double low = Dimension(BetaFast), high = Dimension(BetaSlow);
        (low, high) = Truncate ? (Math.Floor(low), Math.Ceiling(high)) : (low, high);
        (low, high) = (Math.Max(low, 0), Math.Min(high, dimensions - 1));
        high += low == high ? 0.001 : 0;

        var scaled = new float[plain.Length];
        for (int i = 0; i < plain.Length; i++)
        {
            float kept = 1 - Math.Clamp((i - (float)low) / (float)(high - low), 0, 1);
            scaled[i] = (1 / ((float)Factor * (1 / plain[i])) * (1 - kept)) + (plain[i] * kept);
        }

        return new RotaryFrequencies(scaled, (float)(AttentionFactor ?? DefaultAttentionFactor()));

        // The dimension that turns so often within the original length.
        double Dimension(double turns) => dimensions * Math.Log(OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
    }

    private double DefaultAttentionFactor()
    {
        return Mscale is { } mscale and not 0 && MscaleAllDim is { } all and not 0 ? Of(mscale) / Of(all) : Of(1);

        double Of(double scale) => Factor <= 1 ? 1 : (0.1 * scale * Math.Log(Factor)) + 1;
    }
}
