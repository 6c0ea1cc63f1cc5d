using AlignOps.Training.Definitions;

namespace AlignOps.Training.Command;

/// <summary>What <c>alignops train FILE --model DIR --method NAME --output DIR</c> was asked.</summary>
public sealed record TrainCommandOptions
{
    /// <summary>Feedback in any format that a batch may have, gzip or not.</summary>
    public required string File { get; init; }

    /// <summary>Hugging Face checkpoint directory.</summary>
    public required string Model { get; init; }

    /// <summary>PEFT directory to continue; null begins a new adapter.</summary>
    public string? Adapter { get; init; }

    /// <summary>The PEFT directory to write. A checkpoint in it is resumed.</summary>
    public required string Output { get; init; }

    /// <summary>The one format to read the file as; null goes by each row's keys.</summary>
    public string? Format { get; init; }

    /// <summary>Share of prompts that are measured on instead of trained on; the same ones every time.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Where reference scores are kept for other trainings on the same rows and model; null: in the output until it is done.</summary>
    public string? ReferenceFolder { get; init; }

    /// <summary>Ends before the first step, writes nothing, and says what the training would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Method and recipe, as in pipeline.yaml.</summary>
    public TrainingSection Training { get; init; } = new();
}
