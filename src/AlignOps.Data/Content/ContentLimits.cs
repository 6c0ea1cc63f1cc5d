namespace AlignOps.Data.Content;

/// <summary>How much pushed content may be, after unpacking.</summary>
public sealed record ContentLimits
{
    public static ContentLimits Default { get; } = new();

    /// <summary>Bytes after unpacking.</summary>
    public long Bytes { get; init; } = 512L << 20;

    /// <summary>Unpacked bytes for each packed byte, once more than <see cref="RatioFreeBytes"/> were unpacked. Text packs 3 to 20 times.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Unpacked bytes below which the ratio is not looked at.</summary>
    public long RatioFreeBytes { get; init; } = 16L << 20;

    /// <summary>Rows of one batch.</summary>
    public int Rows { get; init; } = 500_000;
}
