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
    public IReadOnlyList<int> Tokens => _tokens;

    /// <summary>Set when an end token was drawn or the limit reached.</summary>
    public GenerationResult? Result { get; private set; }

    /// <summary>Draws the next token.</summary>
    /// <param name="logits">Of every token of the vocabulary.</param>
    /// <param name="logSumExp">log Σ exp over them.</param>
    public void Draw(ReadOnlySpan<float> logits, float logSumExp)
    {
        int token = TokenSampler.Sample(logits, Request.Temperature, Request.TopP, _random);
        _logProbabilities.Add(logits[token] - logSumExp);
        if (config.EosTokenIds.Contains(token))
        {
            Finish(FinishReason.Stop);
            return;
        }

        _tokens.Add(token);
        if (_tokens.Count == PolicyInput.Limit(Request, config))
        {
            Finish(FinishReason.Length);
        }
    }

    private void Finish(FinishReason reason) => Result = new GenerationResult([.. _tokens], [.. _logProbabilities], reason);
}
