using System.Text;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Formats.Writing;

namespace AlignOps.Benchmarks.Proofs.Formats;

/// <summary>Writes a file's accepted rows in every format that holds them, as whole files, and reads those again.</summary>
internal static class RoundTrip
{
    public static async Task<(bool Same, string Sentence)> RunAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        var accepted = (await ReadAsync(content, null, cancellationToken)).Where(outcome => outcome.Verdict == RowVerdict.Accepted).Select(outcome => outcome.Row!).ToList();
        var held = new List<string>();
        var same = true;
        foreach (var format in FeedbackWriter.Names)
        {
            var written = accepted.Select(row => (row.Id, Line: FeedbackWriter.Write(format, row))).Where(row => row.Line is not null).ToList();
            if (written.Count == 0)
            {
                continue;
            }

            var text = string.Join('\n', written.Select(row => row.Line).Prepend(FeedbackWriter.Header(format)).OfType<string>());
            var again = await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, cancellationToken);
            var equal = written.Select(row => row.Id).SequenceEqual(again.Select(outcome => outcome.Row?.Id ?? ""));
            same &= equal;
            held.Add($"{format} {written.Count}{(equal ? "" : " NOT THE SAME")}");
            same &= format != "envelope" || written.Count == accepted.Count;
        }

        return (same, $"{accepted.Count} accepted rows written and read again, the same: {string.Join(", ", held)}");
    }

    private static Task<IReadOnlyList<RowOutcome>> ReadAsync(Stream content, string? format, CancellationToken cancellationToken) =>
        new BatchReader(RowLimits.Default, ContentLimits.Default).ReadAsync(content, new BatchSource("", "", format), cancellationToken);
}
