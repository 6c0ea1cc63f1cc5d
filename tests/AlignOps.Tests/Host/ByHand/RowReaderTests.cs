using AlignOps.Host.ByHand;

namespace AlignOps.Tests.Host.ByHand;

public sealed class RowReaderTests
{
    [Fact]
    public void Read_EveryShape_BecomesARowWithItsLine()
    {
        (TextRow? Row, RowFault? Fault)[] read =
        [
            .. RowReader.Read(
            [
                """{"id":"a","prompt":"2 + 2 =","completion":" 4"}""", "", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}""",
                """{"prompt":[{"role":"user","content":"hi"}],"completion":[{"role":"assistant","content":"ho"}]}""",
                """{"prompt":"only"}""", """{"tokens":[5,6,7],"prompt_tokens":2,"id":{"n":1}}""", """{"tokens":[5]}""",
            ]),
        ];

        Assert.All(read, one => Assert.Null(one.Fault));
        Assert.Equal([1, 3, 4, 5, 6, 7], read.Select(one => one.Row!.Line));
        Assert.Equal(("\"a\"", "2 + 2 =", " 4"), (read[0].Row!.Id, read[0].Row!.Prompt, read[0].Row!.Completion));
        Assert.Equal(["user", "assistant"], read[1].Row!.Messages!.Select(m => m.Role));
        Assert.Equal((1, "ho"), (read[2].Row!.Messages!.Count, read[2].Row!.Completion));
        Assert.Null(read[3].Row!.Completion);
        Assert.Equal(("""{"n":1}""", 2), (read[4].Row!.Id, read[4].Row!.PromptTokens));
        Assert.Equal([5, 6, 7], read[4].Row!.Tokens!);
        Assert.Equal(1, read[5].Row!.PromptTokens);
    }

    [Theory]
    [InlineData("{", RowReader.NotJson)]
    [InlineData("""{"prompt":"a","prompt":"b"}""", RowReader.NotJson)]
    [InlineData("""{"prompt":"\ud800","completion":"b"}""", RowReader.NotJson)]
    [InlineData("[]", RowReader.UnknownShape)]
    [InlineData("{}", RowReader.UnknownShape)]
    [InlineData("""{"prompt":7}""", RowReader.UnknownShape)]
    [InlineData("""{"prompt":"a","completion":["b"]}""", RowReader.UnknownShape)]
    [InlineData("""{"prompt":"a","completion":[{"role":"user","content":"b"}]}""", RowReader.UnknownShape)]
    [InlineData("""{"messages":[{"role":"user"}]}""", RowReader.UnknownShape)]
    [InlineData("""{"messages":[{"role":"user","content":["text"]}]}""", RowReader.UnknownShape)]
    [InlineData("""{"tokens":[1.5]}""", RowReader.UnknownShape)]
    [InlineData("""{"tokens":[-1]}""", RowReader.UnknownShape)]
    public void Read_BadLine_SaysWhichAndWhy(string line, string reason)
    {
        (TextRow? row, RowFault? fault) = RowReader.Read(["""{"prompt":"fine"}""", line]).Last();

        Assert.Null(row);
        Assert.Equal((2, reason), (fault!.Line, fault.Reason));
        Assert.DoesNotContain("LineNumber", fault.Sentence, StringComparison.Ordinal);
    }
}
