using AlignOps.Models.Adapters;
using AlignOps.Models.Forecasts;

namespace AlignOps.Models.Policies;

/// <summary>
/// An engine that runs policies: the managed CPU engine by default, TorchSharp on GPUs. Both read and write the same files.
/// </summary>
public interface IPolicyEngine
{
    /// <summary><c>cpu</c>, <c>torch-cpu</c> or <c>torch-cuda</c>.</summary>
    string Name { get; }

    /// <summary>Loads a Hugging Face checkpoint directory, with a PEFT adapter on top where one is given, for scoring and generation.</summary>
    /// <exception cref="ModelFormatException">A file is missing, truncated, or its shapes do not fit its config.</exception>
    IPolicyModel Load(string checkpointDirectory, string? adapterDirectory);

    /// <summary>
    /// Loads for training an adapter: the base is frozen. <paramref name="adapterDirectory"/> continues an adapter; null starts a new one,
    /// A ~ U(−1/√in, 1/√in) from <paramref name="seed"/> and B = 0, as PEFT does.
    /// </summary>
    ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed);

    /// <summary>
    /// As <see cref="LoadForAdapterTraining"/>, with a scalar head beside the adapter: transformers' <c>score</c> [1, hidden] on the final norm of a text's last
    /// token. A new head is N(0, 0.02²) from <paramref name="seed"/>, as transformers draws it, so that a training starts where its peers' start.
    /// </summary>
    ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed);

    /// <summary>Loads a reward model: a base and an adapter with a head that <see cref="LoadForRewardTraining"/> trained, or PEFT.</summary>
    /// <exception cref="ModelFormatException">As <see cref="Load"/>; or the adapter has no head.</exception>
    IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory);

    /// <summary>Loads for training every weight.</summary>
    ITrainablePolicy LoadForFullTraining(string checkpointDirectory);

    /// <summary>
    /// What a training is going to hold in this engine's memory: the graphics card's where there is one. The managed engine's is within 15 %; TorchSharp's is an
    /// estimate of what autograd keeps.
    /// </summary>
    MemoryForecast Forecast(MemoryNeeds needs);

    /// <summary>A new policy of that shape: linear layers N(0, 1/fan_in), output projections scaled by 1/√(2·layers), from <paramref name="seed"/>.</summary>
    ITrainablePolicy Create(PolicyConfig config, long seed);
}
