namespace AlignOps.Data.Checks;

/// <summary>How large a row may be. What is over a limit is rejected with its own reason, row by row.</summary>
public sealed record RowLimits
{
    public static RowLimits Default { get; } = new();

    /// <summary>Bytes of one line; a longer one is passed over without being held in memory.</summary>
    public int LineBytes { get; init; } = 1 << 20;

    /// <summary>Characters of one message, answer or critique.</summary>
    public int TextLength { get; init; } = 32_768;

    public int Candidates { get; init; } = 64;

    public int Turns { get; init; } = 200;

    /// <summary>Nesting of a row's JSON.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Bytes kept of a row that could not be read, so that a person can find it.</summary>
    public int SnippetBytes { get; init; } = 2048;
}
