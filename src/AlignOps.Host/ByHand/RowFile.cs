using AlignOps.Host.Cli;

namespace AlignOps.Host.ByHand;

/// <summary>The rows of a file with what becomes of those that cannot be used: told on standard error, one line each, and fatal where asked.</summary>
internal static class RowFile
{
    /// <param name="encode">The row as a policy takes it, or why not.</param>
    /// <param name="strict">The first bad row ends the command before anything is computed.</param>
    /// <exception cref="CommandException">There is no such file, or a row is bad and that is fatal.</exception>
    public static async Task<IReadOnlyList<(TextRow Row, T Encoded)>> ReadAsync<T>(
        string path, Func<TextRow, (T? Encoded, RowFault? Fault)> encode, bool strict, CancellationToken cancellationToken) where T : class
    {
        if (path != "-" && !File.Exists(path))
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {path}. [file-missing]");
        }

        string text = path == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken);
        List<(TextRow, T)> rows = [];
        int bad = 0;
        foreach ((TextRow? row, RowFault? unread) in RowReader.Read(text.Split('\n')))
        {
            (T? encoded, RowFault? fault) = row is null ? (null, unread) : encode(row);
            if (fault is null)
            {
                rows.Add((row!, encoded!));
                continue;
            }

            bad++;
            string sentence = $"line {fault.Line}: {fault.Sentence} [{fault.Reason}]";
            if (strict)
            {
                throw new CommandException(ExitCode.AnsweredNo, sentence);
            }

            await Console.Error.WriteLineAsync(Output.Printable(sentence));
        }

        if (bad > 0)
        {
            await Console.Error.WriteLineAsync($"{bad} of {rows.Count + bad} rows left out.");
        }

        return rows;
    }
}
