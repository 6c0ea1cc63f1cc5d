namespace AlignOps.Training.Objectives;

/// <summary>How the parts of a step make up its metric.</summary>
public enum MetricFold
{
    /// <summary>The sums over the counts.</summary>
    Mean,

    /// <summary>The least of the sums.</summary>
    Min,

    /// <summary>The greatest of the sums.</summary>
    Max,
}
