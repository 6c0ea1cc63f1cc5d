using System.Text.Json;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Inference.Requests;
using AlignOps.Tests.Inference;

namespace AlignOps.Tests.Evaluation.Llm.Protocols;

/// <summary>Kinds that compare two answers at once.</summary>
public sealed class ComparingProtocolTests
{
    private static readonly JudgeSection Soft = new() { Kind = JudgeKind.Soft }, Evidence = new() { Kind = JudgeKind.Evidence, Temperature = 1, Evidence = new() { Samples = 3 } };

    [Fact]
    public async Task Soft_TwoLikelyLetters_IsTheirShareInBothOrders()
    {
        // The place m is liked a little: 0.6 against 0.2 for the better answer there, 0.3 against 0.6 elsewhere.
        using var judge = new AskedJudge(Soft, request => AskedJudge.StandsFirst(request, "\"good\"", "\"bad\"")
            ? AskedJudge.Tokens(("m", [("m", 0.6), ("M", 0.15), (" M", 0.05), ("The", 0.2)]))
            : AskedJudge.Tokens(("M", [("M", 0.6), ("m", 0.3)])));
        var ahead = await judge.Judge.CompareAsync(AskedJudge.Item, "good", "bad", CancellationToken.None);
        var outcome = await BothOrders.CompareAsync(judge.Judge, AskedJudge.Item, "good", "bad", CancellationToken.None);

        Assert.Equal(0.75, ahead.Share!.Value, 12);
        Assert.Equal((0.75 + 2.0 / 3) / 2, outcome.Outcome!.Value, 12);
        Assert.True(outcome.Consistent);
        Assert.Equal((1, 5, 2), (judge.Requests[0].MaxOutputTokens, judge.Requests[0].TopLogProbabilities, judge.Requests.Count));
    }

    [Theory]
    [InlineData("m", 0.97, "x", 0.01, 1.0, null)]
    [InlineData("M", 0.97, "x", 0.01, 0.0, null)]
    [InlineData("m", 0.3, "M", 0.1, null, "labels-unlikely")]
    [InlineData("The", 0.99, "m", 0.01, null, "labels-unlikely")]
    public async Task Soft_WhatWasNotOffered_CountsForNobody(string one, double likely, string other, double less, double? share, string? reason)
    {
        using var judge = new AskedJudge(Soft, _ => AskedJudge.Tokens((one, [(one, likely), (other, less)])));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal((share, reason), (verdict.Share, verdict.UnscoredReason));
    }

    [Fact]
    public async Task Soft_AnEndpointWithoutLogProbabilities_IsUnscoredWhateverTheLetter()
    {
        using var judge = new AskedJudge(Soft, _ => ScriptedEndpoint.Says("m"));
        Assert.Equal("no-log-probabilities", (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
    }

    [Fact]
    public async Task MultiTurn_EachTurn_IsComparedInTheLightOfThoseBefore()
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.MultiTurn }, request => ScriptedEndpoint.Says(
            !request.Turns[1].Content.Contains("And when?", StringComparison.Ordinal) ? "[[A]]" : request.Turns[1].Content.Contains("in the depot", StringComparison.Ordinal) ? "[[TIE]]" : "[[B]]"));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.TwoTurns, new JudgedAnswer("tomorrow", ["in the depot"]), new JudgedAnswer("who knows", ["somewhere"]), CancellationToken.None);

        Assert.Equal(0.75, verdict.Share);
        Assert.Equal([new VerdictPart("turn 1", 1), new VerdictPart("turn 2", 0.5)], verdict.Parts);
        Assert.Equal("one-turn", (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
        Assert.Equal(2, judge.Requests.Count);
    }

    [Fact]
    public async Task MultiTurn_ATurnWithoutVerdict_LeavesNone()
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.MultiTurn }, request => ScriptedEndpoint.Says(request.Turns[1].Content.Contains("And when?", StringComparison.Ordinal) ? "Hm." : "[[A]]"));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.TwoTurns, new JudgedAnswer("b", ["a"]), new JudgedAnswer("d", ["c"]), CancellationToken.None);
        Assert.Equal((null, "no-verdict"), (verdict.Share, verdict.UnscoredReason));
        Assert.Equal(1.0, verdict.Parts[0].Share);
    }

    [Fact]
    public async Task Dimensions_EachApart_AreAveragedAndShown()
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.Dimensions }, _ => ScriptedEndpoint.Says("B writes better, A is right.\n{\"accuracy\": \"A\", \"helpfulness\": \"TIE\", \"language\": \"B\"}"));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal((0.5, Preference.Tie), (verdict.Share, verdict.Preferred));
        Assert.Equal([new VerdictPart("accuracy", 1), new VerdictPart("helpfulness", 0.5), new VerdictPart("language", 0)], verdict.Parts);
    }

    [Theory]
    [InlineData("""{"accuracy": "A", "helpfulness": "A"}""", "verdict-not-offered")]
    [InlineData("""{"accuracy": "A", "helpfulness": "A", "language": "C"}""", "verdict-not-offered")]
    [InlineData("""{"accuracy": "A", "helpfulness": "A", "language": 1}""", "verdict-not-offered")]
    [InlineData("""{"accuracy": "A", "helpfulness": "A", "language": {"is": "A"}}""", "verdict-not-offered")]
    [InlineData("""{"a": 1} {"accuracy": "A", "helpfulness": "A", "language": "A"}""", "two-verdicts")]
    [InlineData("A is better on all three.", "no-verdict")]
    public async Task Dimensions_AnythingElse_IsUnscored(string said, string reason)
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.Dimensions }, _ => ScriptedEndpoint.Says(said));
        Assert.Equal(reason, (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
    }

    [Theory]
    [InlineData("[[A]]", "[[NONE]]", "[[TIE]]", 0.75, null)]
    [InlineData("[[NONE]]", "[[NONE]]", "[[NONE]]", 0.5, null)]
    [InlineData("[[A]]", "[[B]]", "Both.", null, "no-verdict")]
    [InlineData("[[A]]", "[[B]]", "[[D]]", null, "verdict-not-offered")]
    public async Task Principles_RuleByRule_AreAveragedOverThoseThatBear(string first, string second, string third, double? share, string? reason)
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.Principles, Principles = ["one", "two", "three"] }, request =>
            ScriptedEndpoint.Says(request.Turns[1].Content.Contains("Principle: one", StringComparison.Ordinal) ? first : request.Turns[1].Content.Contains("Principle: two", StringComparison.Ordinal) ? second : third));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal((share, reason, 3), (verdict.Share, verdict.UnscoredReason, verdict.Calls.Count));
    }

    [Fact]
    public async Task Principles_NobodysOwn_AreHelpfulHonestHarmless()
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.Principles }, _ => ScriptedEndpoint.Says("[[A]]"));
        await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal(["Be helpful", "Be honest", "Be harmless"], judge.Requests.Select(request => request.Turns[1].Content.Split("Principle: ")[1].Split(':')[0]));
    }

    [Fact]
    public async Task Evidence_BothOrders_AreAveragedBeforeTheyAreCompared()
    {
        // First place 8 : 7 for x; second place 9 : 7.5 for y. On average y is better, though each order prefers another.
        using var judge = new AskedJudge(Evidence, request => ScriptedEndpoint.Says(AskedJudge.StandsFirst(request, "\"x\"", "\"y\"") ? Scores(8, 7) : Scores(9, 7.5)));
        var comparison = await BothOrders.CompareAsync(judge.Judge, AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal((0.0, false, 6), (comparison.Outcome, comparison.Consistent, judge.Requests.Count));
        Assert.Equal([1L, 2, 3], judge.Requests.Take(3).Select(request => request.Seed!.Value));
    }

    [Theory]
    [InlineData("8 9", "7 9", "none", 1.0 / 2, null)]
    [InlineData("8 9", "none", "none", null, "no-verdict")]
    [InlineData("8 9", "0 9", "none", null, "too-few-samples")]
    public async Task Evidence_ASampleThatCannotBeRead_IsLeftOutOfTheMeans(string one, string two, string three, double? firstMean, string? reason)
    {
        using var judge = new AskedJudge(Evidence, request => new[] { one, two, three }[(int)request.Seed! - 1].Split(' ') is [var a, var b] ? ScriptedEndpoint.Says($"Score of Answer 1: {a}\nScore of Answer 2: {b}") : ScriptedEndpoint.Says("Hm."));
        var verdict = await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal(reason, verdict.UnscoredReason);
        Assert.Equal(firstMean is null ? null : new ScoredPair(7.5, 9, 0), verdict.Scores);
        Assert.Equal(3, verdict.Parts.Count);
    }

    [Theory]
    [InlineData("Score of Answer 1: 7\nScore of Answer 2: 8", null)]
    [InlineData("Well.\n\n**Score of Answer 1: 7.5**\n**Score of Answer 2: 10**\n", null)]
    [InlineData("Score of Answer 2: 7\nScore of Answer 1: 8", "verdict-not-offered")]
    [InlineData("Score of Answer 1: 7\nScore of Answer 2: 11", "verdict-not-offered")]
    [InlineData("Score of Answer 1: 7\nScore of Answer 2: high", "verdict-not-offered")]
    [InlineData("Score of Answer 1: 9\nScore of Answer 2: 1\nScore of Answer 1: 2\nScore of Answer 2: 8", "two-verdicts")]
    [InlineData("Score of Answer 1: 7\nScore of Answer 2: 8\nSo 2 is better.", "verdict-not-last")]
    [InlineData("Answer 1: 7, Answer 2: 8", "no-verdict")]
    public async Task Evidence_TwoScoreLinesAtTheEnd_AreThemAndNothingElse(string said, string? reason)
    {
        using var judge = new AskedJudge(Evidence with { Evidence = new() { Samples = 1 } }, _ => ScriptedEndpoint.Says(said));
        Assert.Equal(reason, (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
    }

    [Fact]
    public async Task Reference_OfTheItem_IsShownAndWhereItIsMissingNobodyIsAsked()
    {
        JudgeKind[] kinds = [JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Dimensions, JudgeKind.Evidence];
        foreach (var kind in kinds)
        {
            using var judge = new AskedJudge(new() { Kind = kind, Reference = true }, _ => ScriptedEndpoint.Says("?"));
            Assert.Equal("reference-missing", (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
            Assert.Empty(judge.Requests);
            await judge.Judge.CompareAsync(AskedJudge.Expecting("""{"reference": "In Basel."}"""), "x", "y", CancellationToken.None);
            Assert.All(judge.Requests, request => Assert.Contains(">>>\n\"In Basel.\"\n<<<END OF REFERENCE ANSWER", request.Turns[1].Content, StringComparison.Ordinal));
        }

        using var turns = new AskedJudge(new() { Kind = JudgeKind.MultiTurn, Reference = true }, _ => ScriptedEndpoint.Says("[[A]]"));
        var item = AskedJudge.TwoTurns with { Expect = JsonSerializer.Deserialize<JsonElement>("""{"reference": ["In Basel.", "On Monday."]}""") };
        Assert.Equal(1.0, (await turns.Judge.CompareAsync(item, new JudgedAnswer("b", ["a"]), new JudgedAnswer("d", ["c"]), CancellationToken.None)).Share);
        Assert.Equal(["\"In Basel.\"", "\"On Monday.\""], turns.Requests.Select(request => request.Turns[1].Content.Split("<<<REFERENCE ANSWER")[1].Split('\n')[1]));
    }

    private static string Scores(double first, double second) => $"Evidence.\nScore of Answer 1: {AskedJudge.Number(first)}\nScore of Answer 2: {AskedJudge.Number(second)}";
}
