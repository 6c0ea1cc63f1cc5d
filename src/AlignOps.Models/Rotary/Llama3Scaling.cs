namespace AlignOps.Models.Rotary;

/// <summary>
/// Llama 3.1's: wavelengths beyond <paramref name="OriginalPositions"/> / <paramref name="LowFrequencyFactor"/> are stretched by <paramref name="Factor"/>,
/// those within original / <paramref name="HighFrequencyFactor"/> stay, and between them the two are blended.
/// </summary>
public sealed record Llama3Scaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalPositions) : RopeScaling
{
    public override string Type => "llama3";

    internal override RotaryFrequencies Apply(float[] plain, double theta) => new(Array.ConvertAll(plain, Scale), 1);

    private float Scale(float frequency)
    {
        float wavelength = (float)(2 * Math.PI) / frequency, factor = (float)Factor;
        if (wavelength < (float)(OriginalPositions / HighFrequencyFactor))
        {
            return frequency;
        }

        if (wavelength > (float)(OriginalPositions / LowFrequencyFactor))
        {
            return frequency / factor;
        }

        float kept = ((OriginalPositions / wavelength) - (float)LowFrequencyFactor) / (float)(HighFrequencyFactor - LowFrequencyFactor);
        return ((1 - kept) * frequency / factor) + (kept * frequency);
    }
}
