using System.Text;

namespace AlignOps.Data.Formats.Tables;

/// <summary>
/// A record's cells by RFC 4180, strictly: a cell that holds the separator, a quote or a line's end stands in quotes, and a quote in it is doubled.
/// </summary>
internal static class TableCells
{
    /// <summary>The cells, or the 1-based number of the cell that breaks the rules.</summary>
    public static (IReadOnlyList<string>? Cells, int FaultyCell) Split(string record, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        for (var at = 0; ; at++)
        {
            cell.Clear();
            if (at < record.Length && record[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == record.Length)
                    {
                        return (null, cells.Count + 1);
                    }

                    if (record[at] != '"')
                    {
                        cell.Append(record[at]);
                    }
                    else if (at + 1 < record.Length && record[at + 1] == '"')
                    {
                        cell.Append(record[at++]);
                    }
                    else
                    {
                        at++;
                        break;
                    }
                }

                if (at < record.Length && record[at] != separator)
                {
                    return (null, cells.Count + 1);
                }
            }
            else
            {
                for (; at < record.Length && record[at] != separator; at++)
                {
                    if (record[at] == '"')
                    {
                        return (null, cells.Count + 1);
                    }

                    cell.Append(record[at]);
                }
            }

            cells.Add(cell.ToString());
            if (at >= record.Length)
            {
                return (cells, 0);
            }
        }
    }

    /// <summary>One record without its line's end.</summary>
    public static string Join(IEnumerable<string> cells, char separator) => string.Join(separator, cells.Select(cell =>
        cell.AsSpan().IndexOfAny(['"', '\r', '\n', separator]) >= 0 || cell is [' ' or '\t', ..] or [.., ' ' or '\t']
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell));
}
