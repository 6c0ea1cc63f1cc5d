using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>An engine that the conformance suite runs against, and how exact it is to be.</summary>
public interface IEngineUnderTest
{
    static abstract IPolicyEngine Create();

    /// <summary>Largest error of a log-probability, in nats.</summary>
    static abstract double ScoreTolerance { get; }

    /// <summary>The same against double precision over hundreds of positions.</summary>
    static abstract double FamilyScoreTolerance { get; }

    /// <summary>Largest error of an element of a gradient, as a share of the tensor's largest element.</summary>
    static abstract double GradientTolerance { get; }

    /// <summary>Largest error of a trained weight.</summary>
    static abstract double WeightTolerance { get; }
}
