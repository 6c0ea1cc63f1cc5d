namespace AlignOps.Data.Content;

/// <summary>One row's bytes: a line of JSONL, or an element of a JSON array.</summary>
/// <param name="Number">The line it stands on, or begins on; 1-based, blank lines counted.</param>
/// <param name="Bytes">Without the line's end; the first bytes only where the line is too long. Good until the next line is asked for.</param>
internal readonly record struct ContentLine(int Number, ReadOnlyMemory<byte> Bytes, ContentLineFault Fault = ContentLineFault.None);
