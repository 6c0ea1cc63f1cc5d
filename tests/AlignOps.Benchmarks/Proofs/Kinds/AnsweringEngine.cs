using AlignOps.Models.Adapters;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>The real engine, but for one thing: a policy answers in the manner that a file of its adapter names.</summary>
internal sealed class AnsweringEngine(IPolicyEngine inner) : IPolicyEngine
{
    public const string MannerFile = "manner.txt";

    public string Name => inner.Name;

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory) =>
        new AnsweringPolicy(inner.Load(checkpointDirectory, null), Tokenizer.Load(checkpointDirectory), File.ReadAllText(Path.Combine(adapterDirectory!, MannerFile)));

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory) => inner.LoadForFullTraining(checkpointDirectory);

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => inner.LoadForRewardTraining(checkpointDirectory, adapterDirectory, lora, seed);

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory) => inner.LoadRewardModel(checkpointDirectory, adapterDirectory);

    public ITrainablePolicy Create(PolicyConfig config, long seed) => inner.Create(config, seed);

    public MemoryForecast Forecast(MemoryNeeds needs) => inner.Forecast(needs);

    private sealed class AnsweringPolicy(IPolicyModel policy, ITokenizer tokenizer, string manner) : IPolicyModel
    {
        public PolicyConfig Config => policy.Config;

        public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => policy.Score(sequences);

        public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        [
            .. requests.Select(request =>
            {
                var tokens = tokenizer.Encode(Manners.Answer(manner, request.Seed));
                return new GenerationResult(tokens, new float[tokens.Length], FinishReason.Stop);
            }),
        ];

        public void Dispose() => policy.Dispose();
    }
}
