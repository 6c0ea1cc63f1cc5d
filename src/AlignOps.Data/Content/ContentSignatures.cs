namespace AlignOps.Data.Content;

/// <summary>Content that is told by its first bytes to be no text: archives, other packings, tables in binary form, other encodings.</summary>
internal static class ContentSignatures
{
    /// <summary>Bytes to look at.</summary>
    public const int Length = 6;

    // Where tar writes its name, POSIX.1-1988.
    private const int TarMark = 257;

    /// <exception cref="ContentException">The content cannot be read as it is; the sentence says what to do.</exception>
    public static void Check(ReadOnlySpan<byte> first)
    {
        if (first is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] || first.StartsWith("Rar!"u8))
        {
            throw Archive("an archive (zip, xlsx, 7z or rar)", "unpack it and push the file inside, plain or packed with gzip");
        }

        if (first is [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] or [0xFD, (byte)'7', (byte)'z', (byte)'X', ..])
        {
            throw Archive("packed with zstd, bzip2 or xz", "unpack it, or pack it with gzip");
        }

        if (first.StartsWith("PAR1"u8) || first.StartsWith("ARROW1"u8) || first.StartsWith("%PDF"u8))
        {
            throw Archive("a Parquet, Arrow or PDF file", "export it as JSONL or CSV");
        }

        if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new ContentException(ContentException.NotUtf8, "The content is UTF-16; save it as UTF-8 and push it again.");
        }
    }

    /// <summary>The same of unpacked content, which must be text by now: an archive inside gzip, or gzip inside gzip, is none.</summary>
    /// <param name="content">What was read so far.</param>
    /// <exception cref="ContentException">The content cannot be read as it is; the sentence says what to do.</exception>
    public static void CheckUnpacked(ReadOnlySpan<byte> content)
    {
        Check(content);
        if (content is [0x1F, 0x8B, ..])
        {
            throw Archive("packed with gzip twice", "unpack it once");
        }

        if (content.Length >= TarMark + 5 && content.Slice(TarMark, 5).SequenceEqual("ustar"u8))
        {
            throw Archive("a tar archive", "unpack it and push the file inside, plain or packed with gzip");
        }
    }

    private static ContentException Archive(string what, string remedy) => new(ContentException.Archive, $"The content is {what}; {remedy}.");
}
