using AlignOps.Models.Generation;

namespace AlignOps.Models.Policies;

/// <summary>
/// A policy that can be asked: token log-probabilities and samples. Safe for one caller at a time; results do not depend on the number of threads,
/// nor on which other sequences stand in the call.
/// </summary>
public interface IPolicyModel : IDisposable
{
    PolicyConfig Config { get; }

    /// <summary>
    /// Log-probabilities (natural, fp32) of the scored tokens, one array a sequence, in token order. Without noise, whatever the sequences ask of training.
    /// </summary>
    /// <exception cref="ArgumentException">A token id outside the vocabulary, or a sequence longer than the position limit.</exception>
    IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences);

    /// <summary>
    /// Continues each prompt until an end token or its limit, batched with a KV cache. The same request gives the same tokens
    /// whatever else is in the batch: each request draws from its own seed.
    /// </summary>
    IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default);
}
