namespace AlignOps.Training.Optimization;

public enum ScheduleKind
{
    /// <summary>The peak rate after warm-up.</summary>
    Constant,

    /// <summary>A straight line from the peak down to the final share.</summary>
    Linear,

    /// <summary>Half a cosine from the peak down to the final share.</summary>
    Cosine,
}
