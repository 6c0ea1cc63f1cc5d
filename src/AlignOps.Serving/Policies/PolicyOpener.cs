using AlignOps.Contracts;
using AlignOps.Models.Generation;

namespace AlignOps.Serving.Policies;

/// <summary>Loads a policy and has it answer one token: what cannot do that never gets a request.</summary>
internal sealed class PolicyOpener(IPolicyLoader loader)
{
    public async Task<LoadedPolicy> OpenAsync(ModelRef model, CancellationToken cancellationToken)
    {
        var policy = await loader.LoadAsync(model, cancellationToken);
        try
        {
            await ProbeAsync(policy, cancellationToken);
            return policy;
        }
        catch
        {
            policy.Model.Dispose();
            throw;
        }
    }

    private static async Task ProbeAsync(LoadedPolicy policy, CancellationToken cancellationToken)
    {
        var prompt = policy.Tokenizer.EncodePrompt([new("user", "Hello")]);
        var request = new GenerationRequest(prompt, MaxNewTokens: 1, Temperature: 0, TopP: 1, Seed: 0);
        var answers = await Task.Run(() => policy.Model.Generate([request], cancellationToken), cancellationToken);
        if (answers[0].LogProbabilities.Any(value => !float.IsFinite(value)))
        {
            throw new InvalidDataException("The policy's first token has a log-probability that is not finite.");
        }
    }
}
