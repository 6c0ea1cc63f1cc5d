namespace AlignOps.Data.Content;

internal enum ContentLineFault
{
    None,

    /// <summary>Longer than the limit; the rest of it was passed over.</summary>
    TooLong,

    /// <summary>The content ended inside its JSON array: rows may be missing.</summary>
    UnterminatedArray,

    /// <summary>The table ended inside a quoted cell: rows may be missing.</summary>
    UnterminatedQuote,
}
