using System.Text;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Tests.Evaluation;

public sealed class SuiteReaderTests
{
    private const string Sound = """{"id": "a", "slice": "facts", "cluster": "c", "prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}], "expect": {"text": "x"}}""";

    [Fact]
    public void Read_SoundLines_GivesItemsInFileOrder()
    {
        var reading = Read($$"""
            {{Sound}}

            {"id": "b", "prompt": [{"role": "user", "content": "p"}]}
            """);

        Assert.Empty(reading.Faults);
        Assert.Equal(["a", "b"], reading.Items.Select(item => item.Id));
        Assert.Equal(("facts", "c", "x"), (reading.Items[0].Slice, reading.Items[0].Cluster, reading.Items[0].Expect!.Value.GetProperty("text").GetString()));
        Assert.Equal(("all", null, null), (reading.Items[1].Slice, reading.Items[1].Cluster, reading.Items[1].Expect));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"prompt": [{"role": "user", "content": "q"}]}""", "id is missing")]
    [InlineData("""{"id": " ", "prompt": [{"role": "user", "content": "q"}]}""", "id is not a text")]
    [InlineData("""{"id": "x"}""", "prompt is missing")]
    [InlineData("""{"id": "x", "prompt": []}""", "prompt is not a list")]
    [InlineData("""{"id": "x", "prompt": [{"role": "user"}]}""", "prompt[0] is not an object of role and content")]
    [InlineData("""{"id": "x", "prompt": [{"role": "human", "content": "q"}]}""", "prompt[0].role is human")]
    [InlineData("""{"id": "x", "prompt": [{"role": "assistant", "content": "q"}]}""", "prompt ends with a message of the assistant")]
    [InlineData("""{"id": "x", "promt": []}""", "key promt is not known")]
    [InlineData("""{"id": "x", "expect": 3, "prompt": [{"role": "user", "content": "q"}]}""", "expect is not an object")]
    [InlineData("""{"id": "a", "prompt": [{"role": "user", "content": "q"}]}""", "id a is the id of line 1 too")]
    [InlineData("""{"id": "x", "id": "y", "prompt": [{"role": "user", "content": "q"}]}""", "not valid JSON")]
    public void Read_ABrokenLine_TellsItsNumberAndWhatIsWrong(string line, string fault)
    {
        var reading = Read($"{Sound}\n{line}\n");
        var told = Assert.Single(reading.Faults);
        Assert.Equal(2, told.Line);
        Assert.Contains(fault, told.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyBrokenLines_TellsAllOfThem() => Assert.Equal([1, 3], Read($"{{\n{Sound}\n[]").Faults.Select(fault => fault.Line));

    [Fact]
    public void Read_BytesThatAreNotUtf8_IsAFault()
    {
        var reading = SuiteReader.Read([.. Encoding.UTF8.GetBytes(Sound), (byte)'\n', (byte)'"', 0xFF, (byte)'"']);
        Assert.Equal("line 2: not valid UTF-8.", Assert.Single(reading.Faults).ToString());
    }

    [Fact]
    public void Read_AnEmptyFile_IsAFault() => Assert.Equal("the file has no items.", Assert.Single(Read(" \n\n").Faults).ToString());

    [Fact]
    public void Read_AByteOrderMarkAndWindowsLineEnds_AreTaken() => Assert.Single(SuiteReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound + "\r\n\r\n")]).Items);

    private static SuiteReading Read(string text) => SuiteReader.Read(Encoding.UTF8.GetBytes(text));
}
