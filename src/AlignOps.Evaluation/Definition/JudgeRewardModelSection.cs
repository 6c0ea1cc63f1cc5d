namespace AlignOps.Evaluation.Definition;

/// <summary>Options of kind reward_model.</summary>
public sealed record JudgeRewardModelSection
{
    /// <summary>Folder of the base model: a Hugging Face checkpoint.</summary>
    public string Base { get; init; } = "";

    /// <summary>Folder of the adapter with the head, as training with method reward writes it.</summary>
    public string Adapter { get; init; } = "";
}
