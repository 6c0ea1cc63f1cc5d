namespace AlignOps.Pipelines;

/// <summary>Where definitions are and how often the loop looks after itself.</summary>
public sealed class PipelinesOptions
{
    /// <summary>A folder with a folder for each pipeline, each with its pipeline.yaml.</summary>
    public string PipelinesDirectory { get; set; } = "pipelines";

    /// <summary>How often definitions are read again and stuck runs looked for.</summary>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How soon the scheduler notices that the clock was moved.</summary>
    /// <remarks>At least one second; it does not delay a firing, which is waited for to the millisecond.</remarks>
    public TimeSpan SchedulePoll { get; set; } = TimeSpan.FromSeconds(15);
}
