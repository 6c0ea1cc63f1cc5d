using AlignOps.Data.Feedback;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>What a method needs of data and engine, as its own parts say it.</summary>
/// <param name="Kinds">The kinds of feedback rows that it learns from.</param>
/// <param name="Reference">The policy that the training starts from stays beside it, to be compared with.</param>
/// <param name="Values">A scalar head, which the adapter brings.</param>
public sealed record MethodNeeds(IReadOnlyList<string> Kinds, bool Reference, bool Values)
{
    public static MethodNeeds Of(TrainingMethod method, TrainingSection section)
    {
        IObjective objective = method.Create(section);
        return new MethodNeeds([.. method.Shape(section).Kinds.Select(kind => kind.Name())], objective.NeedsReference, objective.NeedsValues);
    }
}
