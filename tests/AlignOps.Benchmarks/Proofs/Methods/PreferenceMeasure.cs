namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>What a method takes for its implicit reward of an answer: by this it would order two answers.</summary>
internal enum PreferenceMeasure
{
    /// <summary>s/T.</summary>
    PerToken,

    /// <summary>s.</summary>
    Sum,

    /// <summary>r = s − s_ref, the reference being the base.</summary>
    LogRatio,

    /// <summary>r/T.</summary>
    LogRatioPerToken,

    /// <summary>A scalar head's value.</summary>
    Value,
}
