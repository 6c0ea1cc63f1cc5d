namespace AlignOps.Models.Generation;

/// <summary>One prompt to continue.</summary>
/// <param name="Prompt">Token ids, template applied; at least one.</param>
/// <param name="MaxNewTokens">The answer is cut here and marked <see cref="FinishReason.Length"/>.</param>
/// <param name="Temperature">0 is greedy (lowest id on ties); otherwise logits are divided by it.</param>
/// <param name="TopP">Nucleus: the smallest set of tokens whose probability reaches this; 1 keeps all.</param>
/// <param name="Seed">The request's own stream of random numbers.</param>
public sealed record GenerationRequest(int[] Prompt, int MaxNewTokens, double Temperature, double TopP, long Seed)
{
    /// <summary>Only so many of the most likely tokens are drawn from; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>How many of the most likely tokens <see cref="Listener"/> is told with each new one.</summary>
    public int LikeliestTokens { get; init; }

    /// <summary>Hears each new token as it is drawn; null where only the whole answer matters.</summary>
    public ITokenListener? Listener { get; init; }
}
