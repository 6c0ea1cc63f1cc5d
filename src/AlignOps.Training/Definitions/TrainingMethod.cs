using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions;

/// <summary>A training method as pipeline.yaml and the command line name it.</summary>
/// <param name="Name">The paper's name, lower case.</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Create">Makes its objective from the section's options.</param>
public sealed record TrainingMethod(string Name, string Summary, Func<TrainingSection, IObjective> Create);
