using AlignOps.Models.Adapters;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Benchmarks.Proofs.Cheats;

/// <summary>The real engine, but for one thing: a policy with an adapter, which is the candidate, answers as the cheat does.</summary>
internal sealed class CheatingEngine(IPolicyEngine inner, Cheat cheat) : IPolicyEngine
{
    public string Name => inner.Name;

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory)
    {
        var policy = inner.Load(checkpointDirectory, adapterDirectory);
        return adapterDirectory is null ? policy : new CheatingPolicy(policy, Tokenizer.Load(checkpointDirectory), cheat);
    }

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory) => inner.LoadForFullTraining(checkpointDirectory);

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForRewardTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory) => inner.LoadRewardModel(checkpointDirectory, adapterDirectory);

    public ITrainablePolicy Create(PolicyConfig config, long seed) => inner.Create(config, seed);

    public AlignOps.Models.Forecasts.MemoryForecast Forecast(AlignOps.Models.Forecasts.MemoryNeeds needs) => inner.Forecast(needs);

    private sealed class CheatingPolicy(IPolicyModel policy, ITokenizer tokenizer, Cheat cheat) : IPolicyModel
    {
        public PolicyConfig Config => policy.Config;

        public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => policy.Score(sequences);

        public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        [
            .. policy.Generate(requests, cancellationToken).Zip(requests, (result, request) =>
            {
                int[] tokens = tokenizer.Encode(cheat.Answer(request.Seed, tokenizer.Decode(result.Tokens)));
                return new GenerationResult(tokens, new float[tokens.Length], FinishReason.Stop);
            }),
        ];

        public void Dispose() => policy.Dispose();
    }
}
