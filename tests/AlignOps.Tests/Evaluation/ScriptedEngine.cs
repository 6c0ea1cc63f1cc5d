using System.Globalization;
using AlignOps.Models.Adapters;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Evaluation;

/// <summary>An engine whose models answer "good" with the probability that stands in a file of their adapter, and "bad" otherwise.</summary>
internal sealed class ScriptedEngine : IPolicyEngine
{
    public const string ProbabilityFile = "probability.txt";

    public string Name => "scripted";

    /// <summary>The adapters loaded, in order, by their folders' names.</summary>
    public List<string> Loaded { get; } = [];

    public Action BeforeGenerating { get; set; } = () => { };

    public int MaxPositions { get; set; } = 256;

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory)
    {
        Loaded.Add(Path.GetFileName(adapterDirectory ?? checkpointDirectory));
        var probability = double.Parse(File.ReadAllText(Path.Combine(adapterDirectory ?? checkpointDirectory, ProbabilityFile)), CultureInfo.InvariantCulture);
        return new ScriptedModel(this, Tokenizer.Load(checkpointDirectory), probability);
    }

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => throw new NotSupportedException();

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) => throw new NotSupportedException();

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory) => throw new NotSupportedException();

    public MemoryForecast Forecast(MemoryNeeds needs) => throw new NotSupportedException();

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory) => throw new NotSupportedException();

    public ITrainablePolicy Create(PolicyConfig config, long seed) => throw new NotSupportedException();

    private sealed class ScriptedModel(ScriptedEngine engine, BpeTokenizer tokenizer, double probability) : IPolicyModel
    {
        public PolicyConfig Config => new()
        {
            VocabSize = tokenizer.VocabularySize,
            HiddenSize = 8,
            IntermediateSize = 8,
            LayerCount = 1,
            HeadCount = 1,
            KeyValueHeadCount = 1,
            HeadDim = 8,
            MaxPositions = engine.MaxPositions,
        };

        /// <summary>An answer with "good" in it is as likely as the model says it, a token; any other as likely as the rest.</summary>
        public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) =>
        [
            .. sequences.Select(sequence =>
            {
                var answer = tokenizer.Decode([.. sequence.Tokens.Where((_, t) => sequence.Scored[t])]);
                var log = (float)Math.Log(answer.Contains("good", StringComparison.Ordinal) ? probability : 1 - probability);
                return Enumerable.Repeat(log, sequence.ScoredCount).ToArray();
            }),
        ];

        public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
        {
            engine.BeforeGenerating();
            cancellationToken.ThrowIfCancellationRequested();
            return
            [
                .. requests.Select(request =>
                {
                    var tokens = tokenizer.Encode(new RandomStream(request.Seed).NextDouble() < probability ? "good" : "bad");
                    return new GenerationResult(tokens, new float[tokens.Length], FinishReason.Stop);
                }),
            ];
        }

        public void Dispose()
        {
        }
    }
}
