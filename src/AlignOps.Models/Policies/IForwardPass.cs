namespace AlignOps.Models.Policies;

/// <summary>A forward pass that can be run backward once.</summary>
public interface IForwardPass : IDisposable
{
    /// <summary>As <see cref="IPolicyModel.Score"/>.</summary>
    IReadOnlyList<float[]> LogProbabilities { get; }

    /// <summary>
    /// Adds ∂L/∂θ to every parameter's gradient, given g = ∂L/∂log-probability of each scored token, shaped as <see cref="LogProbabilities"/>.
    /// The engine forms ∂L/∂logits = g·(1[y] − π) without holding the logits of all tokens.
    /// </summary>
    void Backward(IReadOnlyList<float[]> gradients);
}
