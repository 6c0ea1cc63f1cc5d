namespace AlignOps.Statistics.Agreement;

/// <summary>How much it matters which two categories differ.</summary>
public enum Scale
{
    /// <summary>Names: all differences are alike.</summary>
    Nominal,

    /// <summary>An order: what lies between two categories counts. Agreement weights are linear; Krippendorff's distance goes by how many ratings lie between.</summary>
    Ordinal,

    /// <summary>Equal steps: squared differences.</summary>
    Interval,
}
