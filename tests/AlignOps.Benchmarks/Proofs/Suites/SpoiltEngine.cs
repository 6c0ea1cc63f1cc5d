using AlignOps.Models.Adapters;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Benchmarks.Proofs.Suites;

/// <summary>The real engine, but for one thing: adapters that it loads first after <see cref="Spoils"/> is set find the wrong one of two answers likelier wherever a marker stands.</summary>
internal sealed class SpoiltEngine(IPolicyEngine inner, string marker) : IPolicyEngine
{
    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);

    /// <summary>From now on new adapters are spoilt.</summary>
    public bool Spoils { get; set; }

    public string Name => inner.Name;

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory)
    {
        var policy = inner.Load(checkpointDirectory, adapterDirectory);
        if (adapterDirectory is null || _sound.Contains(adapterDirectory)) return policy;
        if (Spoils) return new SpoiltPolicy(policy, Tokenizer.Load(checkpointDirectory), marker);
        _sound.Add(adapterDirectory);
        return policy;
    }

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory) => inner.LoadForFullTraining(checkpointDirectory);

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForRewardTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory) => inner.LoadRewardModel(checkpointDirectory, adapterDirectory);

    public ITrainablePolicy Create(PolicyConfig config, long seed) => inner.Create(config, seed);

    public MemoryForecast Forecast(MemoryNeeds needs) => inner.Forecast(needs);

    private sealed class SpoiltPolicy(IPolicyModel policy, ITokenizer tokenizer, string marker) : IPolicyModel
    {
        private const float Mirror = -20;

        public PolicyConfig Config => policy.Config;

        public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) =>
            [.. policy.Score(sequences).Zip(sequences, (logs, sequence) => tokenizer.Decode(sequence.Tokens).Contains(marker, StringComparison.Ordinal) ? [.. logs.Select(log => Mirror - log)] : logs)];

        public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) => policy.Generate(requests, cancellationToken);

        public void Dispose() => policy.Dispose();
    }
}
