namespace AlignOps.Intake.Rows;

/// <summary>How single rows are gathered into batches. Section <c>Intake:Rows</c>.</summary>
public sealed record RowsOptions
{
    /// <summary>Rows that one request may bring.</summary>
    public int PerRequest { get; init; } = 100;

    /// <summary>So many waiting rows of one caller become a batch.</summary>
    public int BatchRows { get; init; } = 200;

    /// <summary>Waiting rows become a batch when the oldest has waited so long.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two looks at the waiting rows.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Thumbs that people gave in serving become waiting rows by themselves.</summary>
    public bool FromServing { get; init; }
}
