namespace AlignOps.Models.Policies;

/// <summary>A forward pass that can be run backward once. What it found stands in arrays that the engine may use again after <see cref="IDisposable.Dispose"/>.</summary>
public interface IForwardPass : IDisposable
{
    /// <summary>As <see cref="IPolicyModel.Score"/>.</summary>
    IReadOnlyList<float[]> LogProbabilities { get; }

    /// <summary>Where <see cref="PassOptions.Statistics"/> asked for them.</summary>
    PassStatistics? Statistics => null;

    /// <summary>The head's value of each sequence that is <see cref="TokenSequence.Valued"/>, in their order; null where the policy has no head.</summary>
    IReadOnlyList<float>? Values => null;

    /// <summary>
    /// Adds ∂L/∂θ to every parameter's gradient, given g = ∂L/∂log-probability of each scored token, shaped as <see cref="LogProbabilities"/>.
    /// The engine forms ∂L/∂logits = g·(1[y] − π) without holding the logits of all tokens.
    /// </summary>
    /// <param name="gradients">An array a sequence.</param>
    /// <param name="valueGradients">∂L/∂value, shaped as <see cref="Values"/>; null where no value was asked for.</param>
    void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null);
}
