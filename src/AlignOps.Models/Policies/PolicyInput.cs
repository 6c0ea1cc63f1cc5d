using AlignOps.Models.Checkpoints;
using AlignOps.Models.Generation;

namespace AlignOps.Models.Policies;

/// <summary>What every engine refuses, in the same words.</summary>
public static class PolicyInput
{
    /// <exception cref="ArgumentException">Query heads that key-value heads do not divide, an odd head dimension, or a part that the family's config.json cannot tell of.</exception>
    public static void Check(PolicyConfig config)
    {
        if (config.HeadDim % 2 != 0 || config.HeadCount % config.KeyValueHeadCount != 0)
        {
            throw new ArgumentException(
                $"{config.HeadCount} heads of dimension {config.HeadDim} over {config.KeyValueHeadCount} key-value heads: the dimension must be even, the groups equal.", nameof(config));
        }

        FamilyNames family = FamilyNames.Of(config.Family);
        if ((config.AttentionBias && !family.WeighsAttentionBias) || (config.MlpBias && !family.WeighsMlpBias) || (config.SlidingWindow is not null && config.Family == PolicyFamily.Llama))
        {
            throw new ArgumentException($"A policy of the family {family.ModelType} has no such biases or window.", nameof(config));
        }
    }

    /// <exception cref="ArgumentException">A token id outside the vocabulary, a sequence longer than the position limit, or a scored first token.</exception>
    public static void Check(TokenSequence sequence, PolicyConfig config)
    {
        if (sequence.Scored.Length != sequence.Tokens.Length)
        {
            throw new ArgumentException($"A sequence of {sequence.Tokens.Length} tokens says of {sequence.Scored.Length} whether they are scored.");
        }

        if (sequence.Scored is [true, ..])
        {
            throw new ArgumentException("The first token of a sequence has nothing before it and cannot be scored.");
        }

        if (sequence is { Valued: true, Tokens: [] })
        {
            throw new ArgumentException("A value was asked for of a sequence without a token.");
        }

        Check(sequence.Tokens, config);
    }

    /// <exception cref="ArgumentException">An empty prompt, a token id outside the vocabulary, or a prompt longer than the position limit.</exception>
    public static void Check(GenerationRequest request, PolicyConfig config)
    {
        if (request.Prompt.Length == 0)
        {
            throw new ArgumentException("A prompt needs at least one token.", nameof(request));
        }

        Check(request.Prompt, config);
    }

    /// <summary>New tokens that a request may have: its own limit, or what positions are left.</summary>
    public static int Limit(GenerationRequest request, PolicyConfig config) => Math.Min(request.MaxNewTokens, config.MaxPositions - request.Prompt.Length);

    private static void Check(ReadOnlySpan<int> tokens, PolicyConfig config)
    {
        if (tokens.Length > config.MaxPositions)
        {
            throw new ArgumentException($"A sequence of {tokens.Length} tokens exceeds the {config.MaxPositions} positions of the policy.");
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)config.VocabSize)
            {
                throw new ArgumentException($"Token id {token} is outside the vocabulary of {config.VocabSize}.");
            }
        }
    }
}
