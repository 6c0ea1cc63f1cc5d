namespace AlignOps.Models.Rotary;

/// <summary>Every position counts as a <paramref name="Factor"/>th of itself (Chen et al. 2023).</summary>
public sealed record LinearScaling(double Factor) : RopeScaling
{
    public override string Type => "linear";

    internal override RotaryFrequencies Apply(float[] plain, double theta) =>
        new(Array.ConvertAll(plain, frequency => frequency / (float)Factor), 1);
}
