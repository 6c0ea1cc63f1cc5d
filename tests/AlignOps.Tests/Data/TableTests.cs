using System.Text;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats.Tables;
using AlignOps.Data.Formats.Writing;

namespace AlignOps.Tests.Data;

public sealed class TableTests
{
    [Theory]
    [InlineData("question,answer,vote\nq,a,up", "q", "a")]
    [InlineData("\uFEFFQuestion;Bot;Thumbs Up\r\nq;a;1\r\n", "q", "a")]
    [InlineData("prompt\tcompletion\tlabel\nq\ta\tTRUE", "q", "a")]
    [InlineData("\"prompt\",\"completion\",\"label\"\n\"q, \"\"quoted\"\"\",\"two\nlines\",yes\n", "q, \"quoted\"", "two\nlines")]
    [InlineData("id,prompt,completion,label,team\n7,q,a,true,anna", "q", "a")]
    public async Task Read_Thumbs_AnyHeaderAndSeparator(string content, string prompt, string answer)
    {
        var row = Assert.Single(await Read.Batch(content)).Row!;

        Assert.Equal((FeedbackKind.Thumb, prompt, answer, true), (row.Kind, row.Prompt[0].Content, row.Candidates[0].Text, row.Candidates[0].Label));
    }

    [Fact]
    public async Task Read_BrokenRecords_EachHasItsReasonAndTheirNeighboursStand()
    {
        var limits = new RowLimits { LineBytes = 4096, SnippetBytes = 64 };
        byte[] content =
        [
            .. "prompt,completion,label\nq1,a,up\nq2,a\nq3,a \"quoted\",up\nq4,a,perhaps\n"u8,
            .. Encoding.UTF8.GetBytes($"q5,\"{new string('x', 9000)}\n{new string('y', 9000)}\",up\n"),
            .. "q6,"u8, 0xC3, 0x28, .. ",up\nq7,,up\nq8,=HYPERLINK(\"\"),down\n\nq9,\"=cmd|' /C calc'!A0\",up\nq10,- a list is no formula,up\nq11,a,\nq12,\"open,up\nq13,a,up\n"u8,
        ];

        var outcomes = await Read.Batch(content, limits: limits);

        Assert.Equal(
            [
                null, RowReasons.ColumnCount, RowReasons.MalformedCsv, RowReasons.WrongType, RowReasons.LineTooLong, RowReasons.InvalidUtf8, RowReasons.NoAnswer,
                RowReasons.MalformedCsv, RowReasons.SpreadsheetFormula, null, RowReasons.MissingField, RowReasons.UnterminatedQuote,
            ],
            outcomes.Select(o => o.Fault?.Reason));
        Assert.Equal([2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15], outcomes.Select(o => o.Line));
        Assert.All(outcomes.Where(o => o.Snippet is not null), o => Assert.InRange(o.Snippet!.Length, 0, 64));
    }

    [Theory]
    [InlineData("question,answer,rating\nq,a,1", "ambiguous-format", "--format csv-thumbs or --format csv-ratings")]
    [InlineData("question,answer,feedback\nq,a,no", "ambiguous-format", "--format csv-thumbs or --format csv-critiques")]
    [InlineData("question,prompt,answer,label\nq,q,a,up", "ambiguous-format", "columns question and prompt")]
    [InlineData("name,age\nAnna,7", "unknown-columns", "(name, age)")]
    [InlineData(",sent_more,sent_less,bias_type\n0,a,b,age", "not-feedback", "CrowS-Pairs")]
    public async Task Read_ColumnsThatDoNotTell_ContentIsRefusedWithTheRemedy(string content, string code, string says)
    {
        var fault = await Assert.ThrowsAsync<ContentException>(() => Read.Batch(content));

        Assert.Equal(code, fault.Code);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv-thumbs", FeedbackKind.Thumb)]
    [InlineData("csv-ratings", FeedbackKind.Rating)]
    public async Task Read_AmbiguousColumnWithAFormat_IsReadAsAsked(string format, FeedbackKind kind) =>
        Assert.Equal(kind, Assert.Single(await Read.Batch("question,answer,rating\nq,a,1", format)).Row!.Kind);

    [Fact]
    public async Task Read_JsonRowThatFitsTwoFormats_IsRefusedAloneAndRejectedAmongOthers()
    {
        const string Both = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""";
        var fault = await Assert.ThrowsAsync<ContentException>(() => Read.Batch(Both));
        Assert.Contains("--format sharegpt or --format messages", fault.Message, StringComparison.Ordinal);

        var among = await Read.Batch(Both + "\n" + """{"instruction":"q","output":"a"}""");

        Assert.Equal([RowReasons.AmbiguousFormat, null], among.Select(o => o.Fault?.Reason));
        Assert.Equal("sharegpt", (await Read.Accepted(Both, "sharegpt")).Provenance.Format);
    }

    [Fact]
    public async Task Write_AnyTexts_AreReadBackTheSame()
    {
        var random = new Random(20261121);
        const string Alphabet = "ab=+-@'\",;|\t\n\r éß👍 ";
        string Text() => "x" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
        for (var round = 0; round < 500; round++)
        {
            var text = random.Next(2) == 0 ? Text() : Text()[1..] + "x";
            if (text.Any(char.IsSurrogate))
            {
                continue;
            }

            var row = new FeedbackRow(FeedbackKind.Thumb, [new("user", Text().Where(c => !char.IsSurrogate(c)).Aggregate("", (s, c) => s + c))], [new Candidate(text, Label: true)], new Provenance("", 0, "", ""));
            var line = FeedbackWriter.Write("csv-thumbs", row);
            Assert.NotNull(line);

            var outcome = Assert.Single(await Read.Batch(FeedbackWriter.Header("csv-thumbs") + "\n" + line));

            Assert.Equal(row.Id, outcome.Row?.Id);
        }
    }

    [Fact]
    public async Task Read_AnyBytesInATable_EveryRecordHasOneVerdict()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 300; round++)
        {
            var noise = new byte[random.Next(0, 600)];
            random.NextBytes(noise);
            const string Marks = ",,,\n\n\"\"\"aq1";
            for (var i = 0; i < noise.Length; i++)
            {
                noise[i] = random.Next(4) > 0 ? (byte)Marks[noise[i] % Marks.Length] : noise[i];
            }

            var outcomes = await Read.Batch([.. "prompt,completion,label\n"u8, .. noise], limits: new RowLimits { LineBytes = 256, SnippetBytes = 32 });

            Assert.Equal(Enumerable.Range(1, outcomes.Count), outcomes.Select(o => o.Sequence));
            Assert.All(outcomes, o => Assert.True(o.Fault is null ? o.Row is not null : o.Fault is { Reason.Length: > 0, Sentence.Length: > 0 }));
            Assert.Equal(outcomes.Select(o => o.Line).Order(), outcomes.Select(o => o.Line));
        }
    }

    [Theory]
    [InlineData("=SUM(A1)", true)]
    [InlineData("=A1+2", true)]
    [InlineData("@SUM(1)", true)]
    [InlineData("-cmd|'/C calc'!A0", true)]
    [InlineData("= means equals", false)]
    [InlineData("- a list (short)", false)]
    [InlineData("+1, agreed", false)]
    [InlineData("-5 degrees", false)]
    [InlineData("@anna said (yesterday)", false)]
    public void IsFormula_OnlyWhatASpreadsheetWouldRun(string text, bool formula) => Assert.Equal(formula, SpreadsheetText.IsFormula(text));

    [Fact]
    public async Task Read_LongLinesOfATable_AreNotHeldInMemory()
    {
        // Fifty megabytes in one quoted cell: with 1 MiB a line the reader's window is all that is allocated for it.
        await using var content = new RepeatingStream(50 << 20, "\",up\nq3,b,up\n"u8.ToArray(), "prompt,completion,label\nq1,a,up\nq2,\""u8.ToArray());
        // The stream never waits, so all of it happens on this thread, and tests beside this one do not count.
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());

        var outcomes = await new BatchReader(RowLimits.Default, ContentLimits.Default).ReadAsync(content, new BatchSource("b", "t"), CancellationToken.None);

        Assert.Equal([null, RowReasons.LineTooLong, null], outcomes.Select(o => o.Fault?.Reason));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 16 << 20);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    [Theory]
    [InlineData("PK\u0003\u0004rest", "archive-not-taken")]
    [InlineData("PAR1rest", "archive-not-taken")]
    [InlineData("BZh9rest", "archive-not-taken")]
    public async Task Open_ContentThatIsNoText_IsRefusedWithTheRemedy(string content, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ContentException>(() => ContentStream.OpenAsync(new MemoryStream(Encoding.Latin1.GetBytes(content)), ContentLimits.Default, default))).Code);

    [Fact]
    public async Task Read_ArchiveInsideGzip_IsRefusedAsWell()
    {
        byte[] tar = new byte[1024];
        "week.jsonl"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        foreach (var content in new byte[][] { tar, [0x1F, 0x8B, 8, 0, 0], [.. "PK"u8, 3, 4, 0, 0] })
        {
            Assert.Equal("archive-not-taken", (await Assert.ThrowsAsync<ContentException>(() => Read.Batch(content))).Code);
        }
    }

    [Fact]
    public async Task Open_Utf16_IsRefusedWithTheRemedy() =>
        Assert.Equal("not-utf8", (await Assert.ThrowsAsync<ContentException>(() => ContentStream.OpenAsync(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("prompt,chosen")]), ContentLimits.Default, default))).Code);
}
