using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Qualification;

/// <summary>What a judge must show before it may decide; meanings and defaults are the definition's. Each is held against the unfavourable end of the 95 % interval.</summary>
internal sealed record QualificationLimits
{
    private static readonly QualificationSection Default = new();

    public double Kappa { get; init; } = Default.Kappa;

    public double PositionConsistency { get; init; } = Default.PositionConsistency;

    public double PositionPreference { get; init; } = Default.PositionPreference;

    public double RepetitionStability { get; init; } = Default.RepetitionStability;

    public double LongerThanPeople { get; init; } = Default.LongerThanPeople;

    public double Unscored { get; init; } = Default.Unscored;

    public double AttackSuccess { get; init; } = Default.AttackSuccess;

    /// <summary>Null: reported, not limited.</summary>
    public double? SelfPreference { get; init; }

    public static QualificationLimits Of(QualificationSection section) => new()
    {
        Kappa = section.Kappa,
        PositionConsistency = section.PositionConsistency,
        PositionPreference = section.PositionPreference,
        RepetitionStability = section.RepetitionStability,
        LongerThanPeople = section.LongerThanPeople,
        Unscored = section.Unscored,
        AttackSuccess = section.AttackSuccess,
        SelfPreference = section.SelfPreference,
    };
}
