using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Requests;
using AlignOps.Tests.Inference;

namespace AlignOps.Tests.Evaluation.Llm.Protocols;

/// <summary>Kinds that score answers one at a time.</summary>
public sealed class ScoringProtocolTests
{
    private static readonly JudgeSection Single = new() { Kind = JudgeKind.Single }, Form = new() { Kind = JudgeKind.Form }, Skills = new() { Kind = JudgeKind.Skills };

    [Theory]
    [InlineData("Fine.\nRating: [[7]]", 7.0, null)]
    [InlineData("**Rating: [[10]]**", 10.0, null)]
    [InlineData("[[1]].", 1.0, null)]
    [InlineData("Rating: [[0]]", null, "verdict-not-offered")]
    [InlineData("Rating: [[11]]", null, "verdict-not-offered")]
    [InlineData("Rating: [[07]]", null, "verdict-not-offered")]
    [InlineData("Rating: [[7.5]]", null, "verdict-not-offered")]
    [InlineData("Rating: [[-3]]", null, "verdict-not-offered")]
    [InlineData("Rating: [[A]]", null, "verdict-not-offered")]
    [InlineData("The answer says Rating: [[10]].\nRating: [[2]]", null, "two-verdicts")]
    [InlineData("Rating: [[8]] because it is short", null, "verdict-not-last")]
    [InlineData("Rating: 8", null, "no-verdict")]
    public async Task Single_OneRatingAtTheEnd_IsItAndNothingElse(string said, double? value, string? reason)
    {
        using var judge = new AskedJudge(Single, _ => ScriptedEndpoint.Says(said));
        var score = await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None);
        Assert.Equal((value, reason, said), (score.Value, score.UnscoredReason, score.Calls.Single().Raw));
    }

    [Theory]
    [InlineData(0, 0.0, false)]
    [InlineData(1, 0.5, true)]
    public async Task Single_TwoAnswers_TheHigherRatingWinsUnlessWithinTheTie(double tieWithin, double outcome, bool tie)
    {
        using var judge = new AskedJudge(Single with { TieWithin = tieWithin }, request => ScriptedEndpoint.Says($"Rating: [[{(request.Turns[1].Content.Contains("kind", StringComparison.Ordinal) ? 8 : 7)}]]"));
        var comparison = await BothOrders.CompareAsync(judge.Judge, AskedJudge.Item, "curt", "kind", CancellationToken.None);
        Assert.Equal((outcome, true), (comparison.Outcome, comparison.Consistent));
        Assert.Equal(2, judge.Requests.Count);
        Assert.Equal(tie, comparison.Outcome == 0.5);
    }

    [Fact]
    public async Task Form_LogProbabilities_WeightEveryScoreThatWasOffered()
    {
        using var judge = new AskedJudge(Form, _ => AskedJudge.Tokens((" ", [(" ", 1)]), ("4", [("4", 0.5), ("5", 0.3), (" 3", 0.1), ("9", 0.05), ("four", 0.05)])));
        var score = await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None);
        Assert.Equal((4 * 0.5 + 5 * 0.3 + 3 * 0.1) / 0.9, score.Value!.Value, 12);
        Assert.Equal((20, 8), (judge.Requests[0].TopLogProbabilities, judge.Requests[0].MaxOutputTokens));
    }

    [Theory]
    [InlineData("4 of 5", "no-verdict")]
    [InlineData("9", "verdict-not-offered")]
    [InlineData("10", "verdict-not-offered")]
    [InlineData("I", "no-verdict")]
    public async Task Form_SomethingElseThanAScore_IsUnscored(string said, string reason)
    {
        using var judge = new AskedJudge(Form, _ => AskedJudge.Tokens((said, [(said, 0.9), ("4", 0.1)])));
        Assert.Equal(reason, (await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None)).UnscoredReason);
    }

    [Fact]
    public async Task Form_NoLogProbabilities_IsUnscoredAndSaysSo()
    {
        using var judge = new AskedJudge(Form, _ => ScriptedEndpoint.Says("4"));
        Assert.Equal("no-log-probabilities", (await judge.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
        using var broken = new AskedJudge(Form, _ => AskedJudge.Tokens(("4", [("4", 3.0)])));
        Assert.Equal("no-log-probabilities", (await broken.Judge.CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None)).UnscoredReason);
    }

    [Theory]
    [InlineData(new[] { "4", "5", "3", "I would say 4", "" }, 4.0, null)]
    [InlineData(new[] { "4", "5", "no", "I would say 4", "" }, null, "too-few-samples")]
    [InlineData(new[] { "a", "b", "c", "d", "e" }, null, "no-verdict")]
    public async Task Form_Samples_AreAveragedAndWhatCannotBeReadIsNoZero(string[] said, double? value, string? reason)
    {
        using var judge = new AskedJudge(Form with { Temperature = 1, Form = new() { Samples = said.Length } }, request => ScriptedEndpoint.Says(said[(int)request.Seed! - 1]));
        var score = await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None);
        Assert.Equal((value, reason, said.Length), (score.Value, score.UnscoredReason, score.Calls.Count));
    }

    [Fact]
    public async Task Skills_WhatDoesNotApplyToOneAnswer_CountsForNeither()
    {
        var item = AskedJudge.Expecting("""{"skills": ["Factuality", "completeness", "readability"]}""");
        using var judge = new AskedJudge(Skills, request => ScriptedEndpoint.Says(request.Turns[1].Content.Contains("first answer", StringComparison.Ordinal)
            ? "True, and short.\n```json\n{\"factuality\": 5, \"completeness\": 2, \"readability\": \"N/A\"}\n```"
            : """Long. {"readability": 5, "factuality": 3, "completeness": 3}"""));
        var verdict = await judge.Judge.CompareAsync(item, "first answer", "second one", CancellationToken.None);

        Assert.Equal(new ScoredPair(3.5, 3, 0), verdict.Scores);
        Assert.Equal(
            [new VerdictPart("factuality", 1, 5, 3), new VerdictPart("completeness", 0, 2, 3), new VerdictPart("readability", null, null, 5, "not-applicable")], verdict.Parts);
        Assert.DoesNotContain("insightfulness", judge.Requests[0].Turns[1].Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"factuality": 5}""", null)]
    [InlineData("""{"factuality": "N/A"}""", "not-applicable")]
    [InlineData("""{"factuality": 6}""", "verdict-not-offered")]
    [InlineData("""{"factuality": 4.5}""", "verdict-not-offered")]
    [InlineData("""{"factuality": "5"}""", "verdict-not-offered")]
    [InlineData("""{"factuality": 5, "charm": 5}""", "verdict-not-offered")]
    [InlineData("""{"factuality": 5, "factuality": 1}""", "verdict-not-offered")]
    [InlineData("""{"charm": 5}""", "verdict-not-offered")]
    [InlineData("""{"factuality": 5} or {"factuality": 4}""", "two-verdicts")]
    [InlineData("""{"factuality": 5} I think.""", "verdict-not-last")]
    [InlineData("factuality: 5", "no-verdict")]
    [InlineData("""{"factuality": 5""", "no-verdict")]
    public async Task Skills_AnObjectWithEverySkillAtTheEnd_IsItAndNothingElse(string said, string? reason)
    {
        using var judge = new AskedJudge(Skills with { Skills = new() { Names = ["factuality"] } }, _ => ScriptedEndpoint.Says(said));
        Assert.Equal(reason, (await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None)).UnscoredReason);
    }

    [Fact]
    public async Task Skills_AnItemWithAnUnknownSkill_IsUnscoredBeforeAnybodyIsAsked()
    {
        using var judge = new AskedJudge(Skills, _ => ScriptedEndpoint.Says("{}"));
        Assert.Equal("skill-unknown", (await judge.Judge.CompareAsync(AskedJudge.Expecting("""{"skills": ["charm"]}"""), "x", "y", CancellationToken.None)).UnscoredReason);
        Assert.Empty(judge.Requests);
    }

    [Fact]
    public async Task MultiTurn_Rated_IsTheTurnsMean()
    {
        using var judge = new AskedJudge(new() { Kind = JudgeKind.MultiTurn, MultiTurn = new() { By = JudgeTurnsProtocol.Single } }, Rate);
        var good = new JudgedAnswer("tomorrow", ["in the depot"]);
        var score = await judge.Judge.Scorer!.ScoreAsync(AskedJudge.TwoTurns, good, CancellationToken.None);

        Assert.Equal(6, score.Value);
        Assert.Equal([new ScorePart("turn 1", 9), new ScorePart("turn 2", 3)], score.Parts);
        Assert.DoesNotContain("tomorrow", judge.Requests[0].Turns[1].Content, StringComparison.Ordinal);
        Assert.Equal("one-turn", (await judge.Judge.Scorer!.ScoreAsync(AskedJudge.Item, "x", CancellationToken.None)).UnscoredReason);

        static EndpointReply Rate(ChatRequest request) => ScriptedEndpoint.Says(request.Turns[1].Content.Contains("tomorrow", StringComparison.Ordinal) ? "Rating: [[3]]" : "Rating: [[9]]");
    }
}
