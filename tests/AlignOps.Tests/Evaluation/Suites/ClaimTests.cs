using System.Text.Json;
using AlignOps.Data;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;
using AlignOps.Evaluation.Suites.Claims;
using AlignOps.Rewards;
using AlignOps.Rewards.Texts;

namespace AlignOps.Tests.Evaluation.Suites;

/// <summary>Answers decided claim by claim.</summary>
public sealed class ClaimTests
{
    [Theory]
    [InlineData("The Loft opens at 9.30. Dr. Ruiz runs it! Does it?", new[] { "The Loft opens at 9.30.", "Dr. Ruiz runs it!", "Does it?" })]
    [InlineData("- One thing\n- another. And more\n\n3)\n", new[] { "One thing", "another.", "And more" })]
    [InlineData("東京です。大阪です。", new[] { "東京です。", "大阪です。" })]
    [InlineData("  \n …", new string[0])]
    public void Of_AnAnswer_GivesItsSentencesAndListItems(string answer, string[] claims) => Assert.Equal(claims, ClaimSplitter.Of(answer));

    [Fact]
    public void Of_ALongContext_LosesNoWordAndKeepsToTheLimit()
    {
        var sentences = Enumerable.Range(0, 40).Select(i => string.Join(' ', Enumerable.Range(0, 3 + i % 9).Select(w => $"w{i}x{w}")) + ".");
        var context = string.Join(' ', sentences);
        var chunks = ContextChunks.Of([context], 11);
        Assert.Equal(context, string.Join(' ', chunks));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Split(' ').Length, 1, 11));
    }

    /// <summary>Precision 3/4 of four claims; e^(1 − 10/4) where ten are expected, as in FActScore's code.</summary>
    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(4, 0.75)]
    [InlineData(10, 0.75 * 0.22313016014842982)]
    public async Task FactPrecision_IsTheShareOfSupportedClaimsMarkedDownForBrevity(int least, double expected)
    {
        var scored = await ScoreAsync(SuiteKind.FactPrecision, "It opens at 9. It closes at 7. It has a garden. It has a pool.", "It opens at 9, closes at 7 and has a garden.", least);
        Assert.Equal(expected, scored.Score!.Value, 12);
        Assert.Equal((4.0, 3.0, 0.75), (scored.Metrics!["claims"], scored.Metrics["supported"], scored.Metrics["precision"]));
    }

    [Fact]
    public async Task FactPrecision_NothingSaid_IsNothing() => Assert.Equal(0, (await ScoreAsync(SuiteKind.FactPrecision, "…", "It opens at 9.", 1)).Score);

    /// <summary>Two chunks of four words; each claim counts with its better one.</summary>
    [Fact]
    public async Task Consistency_IsTheMeanOfEachClaimsBestChunk()
    {
        var scored = await ScoreAsync(SuiteKind.Consistency, "The harbour opens early. Visitors enjoy swimming daily.", "The harbour opens early. Visitors enjoy sailing always.", 1, chunk: 4);
        Assert.Equal((1 + 2 / 4.0) / 2, scored.Score!.Value, 12);
    }

    [Fact]
    public async Task ScoreAsync_AJudgeThatCannotDecide_LeavesTheAnswerUnscoredWithItsReason()
    {
        var scored = await new ClaimScoring(SuiteKind.FactPrecision, new VerifierClaimJudge(GenericVerifiers.All.Single(v => v.Name == "regex")), 1, 100).ScoreAsync(Draw("It is."), new ModelAnswer("It is so.", false, null), default);
        Assert.Null(scored.Score);
        Assert.NotNull(scored.UnscoredReason);
    }

    [Theory]
    [InlineData("The library opens at 9", 1)]
    [InlineData("The library opens at 10", 0)]
    [InlineData("Libraries opened", 1)]
    [InlineData("The museum opens", 0.5)]
    public void Supported_IsTheShareOfTellingWords_AndNoOtherNumberPasses(string claim, double expected)
    {
        var verifier = GenericVerifiers.All.Single(one => one.Name == "supported");
        Assert.Equal(expected, verifier.Verify([], claim, JsonSerializer.SerializeToElement(new { context = "The library opens at 9 on Mondays." })).Score);
        Assert.Null(verifier.Verify([], claim, null).Score);
    }

    [Theory]
    [InlineData("You are a DIMWIT, sir", 0)]
    [InlineData("Get  lost!", 0)]
    [InlineData("Dimwitted ideas get us lost", 1)]
    [InlineData("", 1)]
    public void ForbiddenTerms_AreFoundAsWholeWordsInAnyCase(string answer, double expected)
    {
        var verifier = new ForbiddenTerms("lexicon", "non-toxic", ForbiddenTerms.Read("dimwit # an insult\n\nget lost\n"));
        var found = verifier.Verify([], answer);
        Assert.Equal((expected, expected == 1), (found.Score, found.Checks["non-toxic"]));
        Assert.NotEqual(verifier.Digest, new ForbiddenTerms("lexicon", "non-toxic", ["dimwit"]).Digest);
    }

    private static Task<AlignOps.Contracts.Evidence.EvidenceAnswer> ScoreAsync(SuiteKind kind, string answer, string context, int least, int chunk = 100) =>
        new ClaimScoring(kind, new VerifierClaimJudge(GenericVerifiers.All.Single(v => v.Name == "supported")), least, chunk).ScoreAsync(Draw(context), new ModelAnswer(answer, false, null), default);

    private static Draw Draw(string context) => new(null!, new SuiteItem("i", "all", null, [new ChatMessage("user", "?")], JsonSerializer.SerializeToElement(new { context })), 0);
}
