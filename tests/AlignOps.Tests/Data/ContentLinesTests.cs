using System.Text;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;

namespace AlignOps.Tests.Data;

public sealed class ContentLinesTests
{
    [Fact]
    public async Task Read_BlankLinesCarriageReturnsAndByteOrderMark_ArePassedOverAndCounted()
    {
        var lines = await Lines("\uFEFFone\r\n\r\n  \ntwo\nthree");

        Assert.Equal([(1, "one"), (4, "two"), (5, "three")], lines.Select(l => (l.Number, l.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n \n")]
    [InlineData("\uFEFF")]
    public async Task Read_NothingButBlanks_HasNoRows(string content) => Assert.Empty(await Lines(content));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task Read_LineOfExactlyTheLimit_IsTaken(string end)
    {
        var limits = new RowLimits { LineBytes = 100 };

        Assert.Equal(ContentLineFault.None, Assert.Single(await Lines(new string('x', 100) + end, limits)).Fault);
        Assert.Equal(ContentLineFault.TooLong, Assert.Single(await Lines(new string('x', 101) + end, limits)).Fault);
    }

    [Fact]
    public async Task Read_LinesOfAnyLengths_AreThoseThatWereWritten()
    {
        var random = new Random(5);
        var limits = new RowLimits { LineBytes = 200_000, SnippetBytes = 100 };
        var written = Enumerable.Range(0, 60).Select(i => new string((char)('a' + (i % 26)), random.Next(1, i % 7 == 0 ? 400_000 : 3000))).ToList();

        var lines = await Lines(string.Join('\n', written), limits);

        Assert.Equal(Enumerable.Range(1, 60), lines.Select(l => l.Number));
        Assert.Equal(written.Select(w => w.Length <= 200_000 ? w : w[..100]), lines.Select(l => l.Text));
    }

    [Fact]
    public async Task Read_FiftyMegabyteLine_IsPassedOverWithoutBeingHeld()
    {
        // The stream never waits, so all of it happens on this thread, and tests beside this one do not count.
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        var content = new RepeatingStream(50 << 20, "\n{\"instruction\":\"q\",\"output\":\"a\"}\n"u8.ToArray());
        var lines = new List<(int, ContentLineFault)>();
        await foreach (var line in new ContentLines(content, RowLimits.Default).ReadAsync(CancellationToken.None))
        {
            lines.Add((line.Number, line.Fault));
        }

        Assert.Equal([(1, ContentLineFault.TooLong), (2, ContentLineFault.None)], lines);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8 << 20);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task Read_JsonArray_ElementsAreRowsWithTheLineTheyBeginOn()
    {
        var lines = await Lines(" [\n  {\"a\": \"x,]}\\\"\"},\n  {\n    \"b\": [1, {\"c\": 2}]\n  }, 7\n]\n");

        Assert.Equal([(2, """{"a": "x,]}\""}"""), (3, "{\n    \"b\": [1, {\"c\": 2}]\n  }"), (5, "7")], lines.Select(l => (l.Number, l.Text.TrimEnd())));
    }

    [Fact]
    public async Task Read_JsonArrayCutShort_SaysThatRowsMayBeMissing()
    {
        var lines = await Lines("""[{"a":1},{"b":2},""");

        Assert.Equal([ContentLineFault.None, ContentLineFault.None, ContentLineFault.UnterminatedArray], lines.Select(l => l.Fault));
    }

    [Fact]
    public async Task Read_JsonArrayWithAnElementOverTheLimit_TheOthersStand()
    {
        var limits = new RowLimits { LineBytes = 1000, SnippetBytes = 10 };
        var lines = await Lines($$"""[{"a":1},{"long":"{{new string('x', 5000)}}"},{"b":2}]""", limits);

        Assert.Equal(["""{"a":1}""", "{\"long\":\"x", """{"b":2}"""], lines.Select(l => l.Text));
        Assert.Equal([ContentLineFault.None, ContentLineFault.TooLong, ContentLineFault.None], lines.Select(l => l.Fault));
    }

    [Fact]
    public async Task Read_LineThatIsAList_IsARowAndNotTheBatch() => Assert.Equal(2, (await Lines("[1]\n[2]")).Count);

    private static async Task<List<(int Number, string Text, ContentLineFault Fault)>> Lines(string content, RowLimits? limits = null)
    {
        var lines = new List<(int, string, ContentLineFault)>();
        await foreach (var line in new ContentLines(new MemoryStream(Encoding.UTF8.GetBytes(content)), limits ?? RowLimits.Default).ReadAsync(CancellationToken.None))
        {
            lines.Add((line.Number, Encoding.UTF8.GetString(line.Bytes.Span), line.Fault));
        }

        return lines;
    }
}
