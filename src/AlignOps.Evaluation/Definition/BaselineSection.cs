using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

/// <summary><c>evaluation.baseline</c>: the base without training, which every candidate should beat. It is asked once a suite; later runs use its answers again.</summary>
public sealed record BaselineSection
{
    private const int MostItems = 10_000;

    /// <summary>urial: the candidate's base with a fixed prompt of three examples. none: no baseline.</summary>
    public BaselineKind Kind { get; init; }

    /// <summary>Most items of each preference suite that it answers, always the same ones.</summary>
    public int Items { get; init; } = 64;

    /// <summary>Examples of your own instead of the built-in three, relative to pipeline.yaml: JSONL of prompt and answer.</summary>
    public string? File { get; init; }

    internal IEnumerable<SectionFault> Validate()
    {
        if (Items is < 1 or > MostItems) yield return new("evaluation.baseline.items", $"{Items} items cannot be asked: give 1 to {MostItems}, such as 64, or kind: none.");
        if (File is { } file && EvaluationSectionDefinition.LeavesFolder(file)) yield return new("evaluation.baseline.file", $"{file} is outside the pipeline's folder: only files beside pipeline.yaml are part of its definition.");
    }
}
