namespace AlignOps.Training.Examples.Edits;

/// <summary>One of these a cell of a table of all beginnings: a byte each.</summary>
internal enum EditKind : byte
{
    Keep,
    Replace,
    Delete,
    Insert,
}
