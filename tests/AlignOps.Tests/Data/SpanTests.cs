using AlignOps.Data;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats.Writing;

namespace AlignOps.Tests.Data;

/// <summary>Marked stretches of answers, and revised answers, through readers, checks, hash and writers.</summary>
public sealed class SpanTests
{
    private const string Marked = """{"prompt":"q","response":"the sun is cold","critique":"wrong","spans":[{"start":11,"end":15,"label":"bad","weight":2,"category":"factuality"},{"start":0,"end":7,"label":"good"}]}""";

    [Fact]
    public async Task Read_SpansOfACritique_StayWithTheAnswerAndAreWrittenBack()
    {
        FeedbackRow row = await Read.Accepted(Marked);

        Assert.Equal([new AnswerSpan(11, 15, SpanLabel.Bad, 2, "factuality"), new AnswerSpan(0, 7, SpanLabel.Good)], row.Candidates[0].Spans!);
        foreach (string format in new[] { "critique", "envelope" })
        {
            FeedbackRow again = await Read.Accepted(FeedbackWriter.Write(format, row)!, format);
            Assert.Equal(row.Id, again.Id);
            Assert.Equal(row.Candidates[0].Spans!, again.Candidates[0].Spans!);
        }

        Assert.Null(FeedbackWriter.Write("cut", row));
        Assert.Equal(row.Id, FeedbackJson.Read(FeedbackJson.Write(row)).Id);
    }

    [Fact]
    public void Id_RowsWithoutSpans_KeepTheIdTheyHad()
    {
        FeedbackRow row = new(FeedbackKind.Critique, [new ChatMessage("user", "q")], [new Candidate("a", Critique: "c")], new Provenance("b", 1, "test", ""));

        Assert.Equal("276c86fa1b41e81313a4c69db949a9288ff284381ba04b26e093587ca64b5fc0", row.Id);
        Assert.Equal(row.Id, (row with { Candidates = [row.Candidates[0] with { Spans = [] }] }).Id);
        Assert.NotEqual(row.Id, (row with { Candidates = [row.Candidates[0] with { Spans = [new AnswerSpan(0, 1, SpanLabel.Bad)] }] }).Id);
        Assert.NotEqual(
            (row with { Candidates = [row.Candidates[0] with { Spans = [new AnswerSpan(0, 1, SpanLabel.Good)] }] }).Id,
            (row with { Candidates = [row.Candidates[0] with { Spans = [new AnswerSpan(0, 1, SpanLabel.Bad)] }] }).Id);
    }

    [Theory]
    [InlineData("""[{"start":1,"end":1,"label":"bad"}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":0,"end":99,"label":"bad"}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":-1,"end":2,"label":"bad"}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":0.5,"end":2,"label":"bad"}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":0,"end":2,"label":"ugly"}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":0,"end":2,"label":"bad","weight":0}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"start":0,"end":2,"label":"bad","weight":-1}]""", RowReasons.SpanInvalid)]
    [InlineData("""[{"end":2,"label":"bad"}]""", RowReasons.MissingField)]
    [InlineData("""[7]""", RowReasons.WrongType)]
    [InlineData("""{"start":0}""", RowReasons.WrongType)]
    public async Task Read_SpanThatIsNone_IsRejectedWithItsReason(string spans, string reason)
    {
        Assert.Equal(reason, (await Read.Row($$"""{"prompt":"q","response":"abc","critique":"c","spans":{{spans}}}""")).Fault?.Reason);
        Assert.Equal(reason, (await Read.Row($$"""{"kind":"demonstration","prompt":"q","candidates":[{"text":"abc","spans":{{spans}}}]}""")).Fault?.Reason);
    }

    [Theory]
    [InlineData("refinement")]
    [InlineData("revision")]
    public async Task Read_CritiqueWithARefinement_IsARankingOfTheAnswerAndItsRevision(string key)
    {
        FeedbackRow row = await Read.Accepted($$"""{"prompt":"q","response":"a","critique":"too short","score":3,"{{key}}":"a and b"}""");

        Assert.Equal(FeedbackKind.Ranking, row.Kind);
        Assert.Equal(["a", "a and b"], row.Candidates.Select(c => c.Text));
        Assert.Equal([0, 1], row.Candidates.Select(c => c.Score!.Value));
        Assert.Equal("too short", row.Candidates[0].Critique);
        Assert.Equal(3, row.Candidates[0].Aspects!["score"]);
        Assert.Equal(row.Id, (await Read.Accepted(FeedbackWriter.Write("critique", row)!)).Id);
    }
}
