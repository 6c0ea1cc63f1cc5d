using System.Text;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;

namespace AlignOps.Data.Formats.Tables;

/// <summary>A table's first line: its separator, its shape, and which column holds what.</summary>
internal sealed record TableHeader(char Separator, IReadOnlyList<string> Columns, TableShape Shape, IReadOnlyDictionary<ColumnRole, int> Places)
{
    private const int LongestHeader = 16 * 1024;
    private const int LongestColumn = 64;

    private static readonly (char Separator, string Name)[] Separators = [(',', "commas"), (';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

    /// <summary>For people: the columns that are read and what as.</summary>
    public string Description =>
        $"columns {string.Join(", ", Places.OrderBy(place => place.Value).Select(place => $"{Columns[place.Value].Trim()} ({place.Key.ToString().ToLowerInvariant()})"))}, separated by {Separators.First(s => s.Separator == Separator).Name}";

    /// <summary>Reads the first line as a header; null where it is none and no table was asked for.</summary>
    /// <param name="format">The format asked for, or null.</param>
    /// <exception cref="ContentException">It is a table, and its columns do not say what its rows are.</exception>
    public static TableHeader? Read(ReadOnlyMemory<byte> firstLine, string? format)
    {
        var forced = format is null ? null : TableShape.Find(format);
        if ((format is not null && format != TableShape.Any && forced is null) || firstLine.Length > LongestHeader)
        {
            return null;
        }

        var line = Encoding.UTF8.GetString(firstLine.Span).TrimEnd('\r');
        var (separator, columns) = Split(line);
        if (NotFeedback.Find(columns.Contains) is { } known)
        {
            throw new ContentException(RowReasons.NotFeedback, known);
        }

        var roles = columns.Select(ColumnNames.RolesOf).ToArray();
        if (format is null && !roles.Any(role => role.Contains(ColumnRole.Prompt)) && !LooksLikeHeader(columns))
        {
            return null;
        }

        return format is null && (columns.Count < 2 || columns.Any(column => column.AsSpan().IndexOfAny("{}[]") >= 0))
            ? null
            : Of(separator, columns, roles, forced);
    }

    private static TableHeader Of(char separator, IReadOnlyList<string> columns, IReadOnlyList<ColumnRole>[] roles, TableShape? forced)
    {
        var shapes = forced is null
            ? [.. TableShape.All.Where(shape => Choices(roles).Any(choice => shape.Fits(choice)))]
            : new[] { forced }.Where(shape => Choices(roles).Any(choice => shape.Required.All(choice.Contains))).ToList();
        switch (shapes)
        {
            case [var shape]:
                return new TableHeader(separator, columns, shape, PlacesOf(columns, roles, shape));
            case []:
                throw new ContentException(
                    ContentException.UnknownColumns,
                    $"The first line is a table's header and its columns ({string.Join(", ", columns.Take(12).Select(Shorten))}) are not those of {(forced is null ? "any table that is read" : forced.Name)}: "
                    + $"{string.Join("; ", (forced is null ? TableShape.All : [forced]).Select(one => $"{one.Name} has {one.Columns}"))}.");
            default:
                throw new ContentException(
                    RowReasons.AmbiguousFormat,
                    $"The columns ({string.Join(", ", columns.Take(12).Select(Shorten))}) fit {string.Join(" and ", shapes.Select(one => $"{one.Name} ({one.Columns})"))}; "
                    + $"say which is meant with --format {string.Join(" or --format ", shapes.Select(one => one.Name))}.");
        }
    }

    private static Dictionary<ColumnRole, int> PlacesOf(IReadOnlyList<string> columns, IReadOnlyList<ColumnRole>[] roles, TableShape shape)
    {
        var places = new Dictionary<ColumnRole, int>();
        ColumnRole[] wanted = [.. shape.Required, .. shape.Beside, ColumnRole.System, ColumnRole.Input];
        foreach (var role in wanted)
        {
            int[] found = [.. Enumerable.Range(0, columns.Count).Where(i => (roles[i].Contains(role) && !places.ContainsValue(i)))];
            if (found.Length == 0 && role == ColumnRole.Prompt)
            {
                found = [.. Enumerable.Range(0, columns.Count).Where(i => roles[i].Contains(ColumnRole.Input))];
            }

            if (found.Length > 1)
            {
                throw new ContentException(
                    RowReasons.AmbiguousFormat,
                    $"The columns {string.Join(" and ", found.Select(i => Shorten(columns[i])))} may each hold the {role.ToString().ToLowerInvariant()}; rename or leave out all but one.");
            }

            if (found is [var place])
            {
                places[role] = place;
            }
        }

        return places;
    }

    /// <summary>Every way to read the columns that have two meanings; an input without a prompt beside it is the prompt.</summary>
    private static IEnumerable<HashSet<ColumnRole>> Choices(IReadOnlyList<ColumnRole>[] roles)
    {
        IEnumerable<HashSet<ColumnRole>> choices = [[]];
        foreach (var column in roles.Where(role => role.Count > 0))
        {
            choices = [.. choices.SelectMany(_ => column, (choice, role) => choice.Append(role).ToHashSet())];
        }

        return choices.Select(choice => choice.Contains(ColumnRole.Input) && !choice.Contains(ColumnRole.Prompt) ? [.. choice, ColumnRole.Prompt] : choice);
    }

    private static (char Separator, IReadOnlyList<string> Columns) Split(string line) => Separators
        .Select(one => (one.Separator, Columns: TableCells.Split(line, one.Separator).Cells ?? []))
        .MaxBy(one => (one.Columns.Count(column => ColumnNames.RolesOf(column).Count > 0), one.Columns.Count));

    private static bool LooksLikeHeader(IReadOnlyList<string> columns) =>
        columns.Count >= 2
        && columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == columns.Count
        && columns.All(column => column.Length is > 0 and <= LongestColumn && column.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or '.'))
        && columns.All(column => char.IsAsciiLetter(column[0]));

    private static string Shorten(string column) => column.Length <= 40 ? column.Trim() : column[..40] + "…";
}
