using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>A training method as pipeline.yaml and the command line name it, and as its documentation says it.</summary>
/// <param name="Name">The paper's name, lower case.</param>
/// <param name="Title">The method's full name.</param>
/// <param name="Paper">Authors, year and where to find it.</param>
/// <param name="Formula">The loss in one line; s is the sum of an answer's token log-probabilities, T its tokens, r = s − s_ref.</param>
/// <param name="Summary">One sentence for people: what it learns from and what it needs.</param>
/// <param name="Parameters">What can be set, with defaults.</param>
/// <param name="Create">Makes its objective from the section's options.</param>
/// <param name="Shape">How it reads feedback rows.</param>
public sealed record TrainingMethod(
    string Name,
    string Title,
    string Paper,
    string Formula,
    string Summary,
    IReadOnlyList<MethodParameter> Parameters,
    Func<TrainingSection, IObjective> Create,
    Func<TrainingSection, IExampleShape> Shape)
{
    /// <summary>What it asks for with its defaults.</summary>
    public MethodNeeds Needs => MethodNeeds.Of(this, new TrainingSection());
}
