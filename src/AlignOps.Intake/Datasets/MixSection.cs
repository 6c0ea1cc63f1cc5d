namespace AlignOps.Intake.Datasets;

/// <summary>The <c>mix</c> section of pipeline.yaml: what a dataset version is made of.</summary>
public sealed record MixSection
{
    /// <summary>Share of prompts that are kept for measuring and never trained on.</summary>
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Most that rows of earlier, learned batches may be of the training rows.</summary>
    public double ReplayShare { get; init; } = 0.25;

    /// <summary>Most that synthetic rows may be of the training rows.</summary>
    public double SyntheticShare { get; init; } = 0.25;

    /// <summary>The kinds of feedback that the training method uses; rows of others are kept and not trained on.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = ["preference", "ranking", "demonstration"];
}
