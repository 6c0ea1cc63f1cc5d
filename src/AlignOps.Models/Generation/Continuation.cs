using System.Runtime.InteropServices;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Generation;

/// <summary>A request on its way: what is drawn so far, and whether that is all. The same in every engine.</summary>
public sealed class Continuation(GenerationRequest request, PolicyConfig config)
{
    private readonly RandomStream _random = new(request.Seed);
    private readonly List<int> _tokens = [];
    private readonly List<float> _logProbabilities = [];

    public GenerationRequest Request { get; } = request;

    /// <summary>New tokens so far, without the end token.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>Set when an end token was drawn, the listener had enough or the limit was reached.</summary>
    public GenerationResult? Result { get; private set; }

    /// <summary>Draws the next token and tells the listener.</summary>
    /// <param name="logits">Of every token of the vocabulary.</param>
    /// <param name="logSumExp">log Σ exp over them.</param>
    public void Draw(ReadOnlySpan<float> logits, float logSumExp)
    {
        int token = TokenSampler.Sample(logits, Request.Temperature, Request.TopP, _random, Request.TopK);
        float logProbability = logits[token] - logSumExp;
        _logProbabilities.Add(logProbability);
        if (config.EosTokenIds.Contains(token))
        {
            Finish(FinishReason.Stop);
            return;
        }

        _tokens.Add(token);
        if (Request.Listener?.Hear(new DrawnToken(token, logProbability, LikeliestTokens.Of(logits, logSumExp, Request.LikeliestTokens))) == false)
        {
            Finish(FinishReason.Stop);
        }
        else if (_tokens.Count == PolicyInput.Limit(Request, config))
        {
            Finish(FinishReason.Length);
        }
    }

    private void Finish(FinishReason reason) => Result = new GenerationResult([.. _tokens], [.. _logProbabilities], reason);
}
