using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Training;

/// <summary>The CPU engine, whose training waits at one forward pass until it is let on: time enough to stop a process in the middle.</summary>
internal sealed class GatedEngine(int pass) : IPolicyEngine, IDisposable
{
    private readonly CpuPolicyEngine _engine = new(threads: 2);
    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public int Passes { get; private set; }

    public string Name => _engine.Name;

    /// <summary>Training stands at the gate.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _gate.Set();

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory) => _engine.Load(checkpointDirectory, adapterDirectory);

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) =>
        new Gated(this, _engine.LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora, seed));

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) =>
        new Gated(this, _engine.LoadForRewardTraining(checkpointDirectory, adapterDirectory, lora, seed));

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory) => _engine.LoadRewardModel(checkpointDirectory, adapterDirectory);

    public MemoryForecast Forecast(MemoryNeeds needs) => _engine.Forecast(needs);

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory) => _engine.LoadForFullTraining(checkpointDirectory);

    public ITrainablePolicy Create(PolicyConfig config, long seed) => _engine.Create(config, seed);

    public void Dispose() => _gate.Dispose();

    private void Pass()
    {
        if (++Passes == pass)
        {
            _reached.TrySetResult();
            _gate.Wait();
        }
    }

    private sealed class Gated(GatedEngine engine, ITrainablePolicy policy) : ITrainablePolicy
    {
        public PolicyConfig Config => policy.Config;

        public IReadOnlyList<TrainableParameter> Parameters => policy.Parameters;

        public IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null)
        {
            engine.Pass();
            return policy.Forward(sequences, options);
        }

        public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => policy.Score(sequences);

        public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
            policy.Generate(requests, cancellationToken);

        public void Save(string directory) => policy.Save(directory);

        public void Dispose() => policy.Dispose();
    }
}
