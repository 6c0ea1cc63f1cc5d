using AlignOps.Statistics.Multiplicity;

namespace AlignOps.Promotion.Gates;

/// <summary>The pipeline's error budget at this run.</summary>
/// <param name="Decisions">Runs decided before.</param>
/// <param name="Promotions">How many of them were promoted.</param>
/// <param name="Level">At which this run has to be proven better.</param>
public sealed record SpentBudget(int Decisions, int Promotions, double Level)
{
    /// <summary>Null where the section has no budget.</summary>
    internal static SpentBudget? Of(GateSection section, GateContext context) => section.ErrorBudget is { } rate
        ? new SpentBudget(context.Decisions, context.Promotions, Math.Min(section.Alpha, new ErrorBudget(rate, context.Decisions, context.Promotions).NextLevel))
        : null;
}
