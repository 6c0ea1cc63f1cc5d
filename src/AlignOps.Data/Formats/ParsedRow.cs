using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>What became of one line's bytes: the format they were read as, the content where it could be read, and the fault where there is one.</summary>
internal sealed record ParsedRow(string? Format, RowContent? Content, RowFault? Fault)
{
    public static ParsedRow Unreadable(RowFault fault) => new(null, null, fault);
}
