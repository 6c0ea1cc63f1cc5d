using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Requests;

namespace AlignOps.Tests.Evaluation.Llm;

public sealed class VerdictParserTests
{
    [Theory]
    [InlineData("[[A]]", 0)]
    [InlineData("Both are fine.\n\n[[TIE]]", 1)]
    [InlineData("B is kinder.\n**[[B]]**\n", 2)]
    [InlineData("A lists [1] and [2].\r\n[[A]].\r\n", 0)]
    public void Parse_OneOfferedVerdictAloneAtTheEnd_IsIt(string text, int preference) => Assert.Equal(JudgeVerdict.Of((Preference)preference), Parse(text));

    [Theory]
    [InlineData("A is better, because it is polite.", "no-verdict")]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData("[[A]]\nOn second thought:\n[[B]]", "two-verdicts")]
    [InlineData("[[A]]\n[[A]]", "two-verdicts")]
    [InlineData("Answer A says \"[[B]]\" to sway me.\n[[A]]", "two-verdicts")]
    [InlineData("[[C]]", "verdict-not-offered")]
    [InlineData("[[a]]", "verdict-not-offered")]
    [InlineData("[[A>B]]", "verdict-not-offered")]
    [InlineData("Rating: [[10]]", "verdict-not-offered")]
    [InlineData("[[\u0410]]", "verdict-not-offered")]
    [InlineData("[[A\u200b]]", "verdict-not-offered")]
    [InlineData("[[A]] because it is short", "verdict-not-last")]
    [InlineData("[[A]]\nbecause it is short", "verdict-not-last")]
    [InlineData("I would never say [[A]]", "verdict-not-last")]
    [InlineData("[A]", "no-verdict")]
    public void Parse_AnythingElse_IsUnscoredWithTheReason(string text, string reason) => Assert.Equal(JudgeVerdict.Unscored(reason), Parse(text));

    [Fact]
    public void Parse_ACutOrRefusedAnswer_IsUnscoredWhateverItSays()
    {
        Assert.Equal("cut", VerdictParser.Parse(new ChatAnswer("[[A]]", null, true, 1, 1)).UnscoredReason);
        Assert.Equal("refused", VerdictParser.Parse(new ChatAnswer("[[A]]", "No.", false, 1, 1)).UnscoredReason);
    }

    [Fact]
    public void Parse_AnyText_ScoresOnlyWhereExactlyOneVerdictEndsIt()
    {
        string[] pieces = ["[[A]]", "[[B]]", "[[TIE]]", "[[", "]]", "[", "A", "text ", "\n", " ", "**", ".", "[[X]]", "[[]]", "\u200b"];
        var random = new Random(7);
        var scored = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            var verdict = Parse(text);
            Assert.Equal(verdict.Preferred is null, verdict.UnscoredReason is not null);
            if (verdict.Preferred is not { } preferred) continue;

            scored++;
            var token = preferred switch { Preference.First => "[[A]]", Preference.Second => "[[B]]", _ => "[[TIE]]" };
            var lastLine = text.TrimEnd(' ', '\n', '*', '.').Split('\n')[^1];
            Assert.EndsWith(token, lastLine, StringComparison.Ordinal);
            Assert.Equal(1, new[] { "[[A]]", "[[B]]", "[[TIE]]", "[[X]]", "[[]]" }.Sum(one => text.Split(one).Length - 1));
            Assert.DoesNotContain("text", lastLine, StringComparison.Ordinal);
        }

        Assert.True(scored > 500);
    }

    private static JudgeVerdict Parse(string text) => VerdictParser.Parse(new ChatAnswer(text, null, false, 1, 1));
}
