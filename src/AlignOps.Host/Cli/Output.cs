using System.Text.Json;
using Spectre.Console;

namespace AlignOps.Host.Cli;

/// <summary>Prints answers: tables for people, JSON for programs. Everything a server says is escaped, since feedback is untrusted text.</summary>
internal static class Output
{
    private const int WidthOfFiles = 240;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Json(JsonElement answer) => Console.Out.WriteLine(JsonSerializer.Serialize(answer, Indented));

    public static void Table(IEnumerable<JsonElement> rows, params (string Header, Func<JsonElement, string> Cell)[] columns)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var (header, _) in columns)
        {
            table.AddColumn(new TableColumn(header));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. columns.Select(column => new Text(Printable(column.Cell(row))))]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>One line as it is: a program that reads it does not want it folded to a terminal's width.</summary>
    public static void Line(string text) => Console.Out.WriteLine(Printable(text));

    /// <summary>Terminal control characters in untrusted text are shown, not obeyed.</summary>
    public static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? '\uFFFD' : c));
}
