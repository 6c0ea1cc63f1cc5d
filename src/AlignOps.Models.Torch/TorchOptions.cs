namespace AlignOps.Models.Torch;

/// <summary>Where the engine computes, and in what.</summary>
public sealed record TorchOptions
{
    /// <summary><c>cpu</c>, <c>cuda</c> (the first device) or <c>cuda:1</c> and so on.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// <c>fp32</c> or <c>bf16</c>, of frozen weights and activations; null is bf16 on CUDA and fp32 on a processor. What is trained, norms' sums, softmax and
    /// log-probabilities are fp32 in both.
    /// </summary>
    public string? Dtype { get; init; }

    /// <summary>Every fault, in sentences that name the option; empty where the options hold.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IsCpu && !IsCuda)
        {
            yield return $"Engine device '{Device}' is unknown: cpu, cuda or cuda:N.";
        }

        if (Dtype is not (null or "fp32" or "bf16"))
        {
            yield return $"Engine dtype '{Dtype}' is unknown: fp32 or bf16.";
        }
    }

    internal bool IsCpu => Device == "cpu";

    internal bool IsCuda => Device == "cuda" || (Device.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(Device.AsSpan(5), out _));

    internal bool IsHalf => Dtype is null ? IsCuda : Dtype == "bf16";
}
