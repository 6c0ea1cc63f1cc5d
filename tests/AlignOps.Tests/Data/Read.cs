using System.Text;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Data;

/// <summary>Reads content as a batch would be read.</summary>
internal static class Read
{
    public static Task<IReadOnlyList<RowOutcome>> Batch(string content, string? format = null, RowLimits? limits = null) =>
        Batch(Encoding.UTF8.GetBytes(content), format, limits);

    public static async Task<IReadOnlyList<RowOutcome>> Batch(byte[] content, string? format = null, RowLimits? limits = null)
    {
        var reader = new BatchReader(limits ?? RowLimits.Default, ContentLimits.Default);
        return await reader.ReadAsync(new MemoryStream(content), new BatchSource("b-test", "tester", format), CancellationToken.None);
    }

    public static async Task<RowOutcome> Row(string line, string? format = null) => Assert.Single(await Batch(line, format));

    public static async Task<FeedbackRow> Accepted(string line, string? format = null)
    {
        var outcome = await Row(line, format);
        Assert.Null(outcome.Fault);
        return outcome.Row!;
    }
}
