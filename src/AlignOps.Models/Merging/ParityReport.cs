using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Merging;

/// <summary>How far the merged checkpoint, loaded back, is from base and adapter side by side, in natural log-probabilities of the probes' tokens.</summary>
/// <param name="Dtype">The coarsest in which a merged layer was written: it sets the tolerance.</param>
/// <param name="Mean">Mean absolute difference.</param>
/// <param name="Largest">Largest absolute difference.</param>
/// <param name="Effect">Mean absolute difference that the adapter itself makes to the base: what the merge is to keep.</param>
public sealed record ParityReport(TensorDtype Dtype, int Sequences, int Tokens, double Mean, double Largest, double Effect)
{
    /// <summary>Mean absolute difference allowed. Rounding a weight to bf16 keeps 8 bits of it, to fp16 11, and fp32 differs by the order of sums alone.</summary>
    public double MeanTolerance => Dtype switch { TensorDtype.F32 => 1e-5, TensorDtype.F16 => 5e-3, _ => 5e-2 };

    /// <summary>Largest absolute difference allowed: improbable tokens move further than likely ones.</summary>
    public double LargestTolerance => Dtype switch { TensorDtype.F32 => 1e-3, TensorDtype.F16 => 0.1, _ => 1 };

    /// <summary>Written so that a NaN on either side does not pass.</summary>
    public bool Holds => Mean <= MeanTolerance && Largest <= LargestTolerance;
}
