namespace AlignOps.Models.Rotary;

/// <summary>
/// How a policy's rotary frequencies were changed to reach further than it was first trained for: <c>rope_scaling</c> or <c>rope_parameters</c> of config.json.
/// The arithmetic is in fp32 and in the order of transformers' modeling_rope_utils.py, so that angles agree to the last bit or nearly.
/// </summary>
public abstract record RopeScaling
{
    /// <summary>The scaling's <c>rope_type</c>.</summary>
    public abstract string Type { get; }

    /// <param name="plain">θ^(−2i/d) for i below d/2.</param>
    /// <param name="theta">The base θ.</param>
    internal abstract RotaryFrequencies Apply(float[] plain, double theta);
}
