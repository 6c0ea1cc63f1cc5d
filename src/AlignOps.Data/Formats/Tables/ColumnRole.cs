namespace AlignOps.Data.Formats.Tables;

/// <summary>What a table's column holds.</summary>
internal enum ColumnRole
{
    Other,
    Prompt,
    Input,
    System,
    Answer,
    Chosen,
    Rejected,
    Label,
    Score,
    Critique,
}
