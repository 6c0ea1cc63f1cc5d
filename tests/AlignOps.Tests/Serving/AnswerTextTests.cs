using System.Text;
using AlignOps.Models.Sampling;
using AlignOps.Serving.Chat.Answers;

namespace AlignOps.Tests.Serving;

public class AnswerTextTests
{
    [Theory]
    [InlineData("Hello world", "o w", "Hell")]
    [InlineData("aaab", "aab", "a")]
    [InlineData("ababac", "abac", "ab")]
    [InlineData("no stop her", "here", "no stop her")]
    [InlineData("STOP", "STOP", "")]
    [InlineData("grüße 👋 bye", "👋", "grüße ")]
    public void Append_ByteByByte_CutsBeforeTheStop(string answer, string stop, string expected)
    {
        Assert.Equal(expected, Write([stop], Encoding.UTF8.GetBytes(answer), Enumerable.Repeat(1, 64)));
    }

    [Fact]
    public void Append_TwoStops_TheOneThatEndsFirstCounts() => Assert.Equal("a", Write(["abcd", "b"], "abcd"u8.ToArray(), [4]));

    [Fact]
    public void Append_PlainText_IsGivenOutAtOnce()
    {
        var text = new AnswerText(["\n\n"]);

        Assert.Equal("Yes", text.Append("Yes"u8));
        Assert.Equal(".", text.Append(".\n"u8));
        Assert.Equal("\nOr", text.Append("Or"u8));
        Assert.Equal("", text.Append("\n"u8));
        Assert.Equal("", text.Append("\n"u8));
        Assert.True(text.Stopped);
    }

    /// <summary>Small alphabets make stops begin inside each other, overlap and almost happen.</summary>
    [Fact]
    public void Append_AnyCutting_GivesTheSameTextAndNoStop()
    {
        var random = new RandomStream(5);
        string[] letters = ["a", "b", "ab", "é", "👋", "\n"];
        for (var round = 0; round < 3000; round++)
        {
            var answer = Draw(random, letters, random.NextInt(12));
            string[] stops = [.. Enumerable.Range(0, random.NextInt(4)).Select(_ => Draw(random, letters, 1 + random.NextInt(3)))];
            var bytes = Encoding.UTF8.GetBytes(answer);

            var written = Write(stops, bytes, Enumerable.Repeat(0, bytes.Length + 1).Select(_ => random.NextInt(4)).ToArray());

            Assert.Equal(Reference(answer, stops), written);
            Assert.DoesNotContain(stops, stop => written.Contains(stop, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Finish_HalfACharacter_IsTheReplacementCharacter() => Assert.Equal("a\uFFFD", Write([], "aé"u8[..2].ToArray(), [1, 1]));

    private static string Write(IReadOnlyList<string> stops, byte[] bytes, IEnumerable<int> cuts)
    {
        var text = new AnswerText(stops);
        var written = new StringBuilder();
        var at = 0;
        foreach (var length in cuts.Append(bytes.Length))
        {
            var end = Math.Min(bytes.Length, at + length);
            written.Append(text.Append(bytes.AsSpan(at..end)));
            at = end;
        }

        written.Append(text.Finish());
        Assert.Equal(written.Length, text.Given);
        return written.ToString();
    }

    /// <summary>The plain version: grow the text a character at a time and look whether it ends in a stop.</summary>
    private static string Reference(string answer, string[] stops)
    {
        for (var end = 1; end <= answer.Length; end++)
        {
            var found = stops.Where(stop => answer[..end].EndsWith(stop, StringComparison.Ordinal)).Select(stop => stop.Length).DefaultIfEmpty().Max();
            if (found > 0)
            {
                return answer[..(end - found)];
            }
        }

        return answer;
    }

    private static string Draw(RandomStream random, string[] letters, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => letters[random.NextInt(letters.Length)]));
}
