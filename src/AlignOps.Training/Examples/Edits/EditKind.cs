namespace AlignOps.Training.Examples.Edits;

internal enum EditKind
{
    Keep,
    Replace,
    Delete,
    Insert,
}
