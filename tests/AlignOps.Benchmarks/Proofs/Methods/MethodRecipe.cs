using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>A method as it is compared: the catalogue's defaults but for what is said here, and a learning rate of its own.</summary>
internal sealed record MethodRecipe(string Name, double LearningRate, PreferenceMeasure Measure)
{
    /// <summary>
    /// Each rate is the best of 1e-3, 3e-3, 1e-2 and 3e-2 for this method by its own measure, over two inner splits of the first fold's training rows
    /// (<c>prove methods --choose</c> prints them). That fold's held-out pairs took no part in any choice; <c>--folds 1</c> is the table on them alone.
    /// </summary>
    private static readonly MethodRecipe[] Listed =
    [
        new("sft", 3e-2, PreferenceMeasure.PerToken),
        new("rrhf", 1e-2, PreferenceMeasure.PerToken) { Section = new TrainingSection { Rrhf = new RrhfSection { RankWeight = 100 } } },
        new("pro", 3e-2, PreferenceMeasure.PerToken),
        new("slic", 3e-3, PreferenceMeasure.Sum),
        new("orpo", 1e-2, PreferenceMeasure.PerToken),
        new("simpo", 1e-2, PreferenceMeasure.PerToken),
        new("dpo", 1e-2, PreferenceMeasure.LogRatio),
        new("cdpo", 1e-2, PreferenceMeasure.LogRatio),
        new("robust-dpo", 1e-2, PreferenceMeasure.LogRatio),
        new("hinge-dpo", 1e-2, PreferenceMeasure.LogRatio),
        new("ipo", 1e-3, PreferenceMeasure.LogRatioPerToken),
        new("dpo-norm", 1e-3, PreferenceMeasure.LogRatioPerToken),
        new("apo-zero", 3e-3, PreferenceMeasure.LogRatio),
        new("bco", 1e-2, PreferenceMeasure.LogRatio),
        new("sppo", 1e-3, PreferenceMeasure.LogRatio),
        new("rpo", 1e-2, PreferenceMeasure.LogRatio),
        new("kto", 3e-3, PreferenceMeasure.LogRatio),
        new("apo-zero-unpaired", 3e-3, PreferenceMeasure.LogRatio),
        new("reward", 3e-3, PreferenceMeasure.Value),
    ];

    /// <summary>Those that the catalogue has, imitation alone for comparison first.</summary>
    public static IReadOnlyList<MethodRecipe> All { get; } = [.. Listed.Where(recipe => TrainingMethods.Find(recipe.Name) is not null)];

    public static IReadOnlyList<double> Rates { get; } = [1e-3, 3e-3, 1e-2, 3e-2];

    public TrainingSection Section { get; init; } = new();

    public TrainingMethod Method => TrainingMethods.Find(Name)!;
}
