using System.Text.Json;
using AlignOps.Data;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Rewards;

namespace AlignOps.Tests.Evaluation;

public sealed class JudgeTests
{
    private static readonly SuiteItem Item = new("i", "all", null, [new ChatMessage("user", "q")], JsonSerializer.Deserialize<JsonElement>("""{"contains": ["good", "kind"]}"""));
    private static readonly IJudge Judge = new VerifierJudge(GenericVerifiers.All.Single(verifier => verifier.Name == "contains"));

    [Theory]
    [InlineData("good and kind", "rude", 1)]
    [InlineData("rude", "good and kind", 0)]
    [InlineData("rude", "bad", 0.5)]
    public async Task CompareAsync_AVerifier_PrefersTheHigherScoreInBothOrders(string candidate, string other, double outcome)
    {
        var comparison = await BothOrders.CompareAsync(Judge, Item, candidate, other, CancellationToken.None);
        Assert.Equal((outcome, true, null), (comparison.Outcome, comparison.Consistent, comparison.UnscoredReason));
    }

    [Fact]
    public async Task CompareAsync_AJudgeThatLikesTheFirstPlace_CountsHalfAndIsInconsistent()
    {
        var comparison = await BothOrders.CompareAsync(new ScriptedJudge((_, _) => JudgeVerdict.Of(Preference.First)), Item, "x", "y", CancellationToken.None);
        Assert.Equal((0.5, false), (comparison.Outcome, comparison.Consistent));
    }

    [Fact]
    public async Task CompareAsync_AWinInOneOrderAndATieInTheOther_CountsThreeQuarters()
    {
        var judge = new ScriptedJudge((first, _) => JudgeVerdict.Of(first == "x" ? Preference.First : Preference.Tie));
        var comparison = await BothOrders.CompareAsync(judge, Item, "x", "y", CancellationToken.None);
        Assert.Equal((0.75, false), (comparison.Outcome, comparison.Consistent));
    }

    [Fact]
    public async Task CompareAsync_OneOrderWithoutVerdict_IsUnscoredWithTheReason()
    {
        var judge = new ScriptedJudge((first, _) => first == "x" ? JudgeVerdict.Of(Preference.First) : JudgeVerdict.Unscored("Two verdicts."));
        var comparison = await BothOrders.CompareAsync(judge, Item, "x", "y", CancellationToken.None);
        Assert.Equal((null, "Two verdicts."), (comparison.Outcome, comparison.UnscoredReason));
    }

    [Fact]
    public async Task CompareAsync_AnItemThatTheVerifierCannotJudge_IsUnscored()
    {
        var comparison = await BothOrders.CompareAsync(Judge, Item with { Expect = null }, "x", "y", CancellationToken.None);
        Assert.Null(comparison.Outcome);
        Assert.Equal("The item has no expect object.", comparison.UnscoredReason);
    }

    [Fact]
    public void Digest_OfAnotherVerifier_IsAnother() =>
        Assert.Equal(GenericVerifiers.All.Count, GenericVerifiers.All.Select(verifier => new VerifierJudge(verifier).Digest).Distinct().Count());

    private sealed class ScriptedJudge(Func<string, string, JudgeVerdict> verdict) : IJudge
    {
        public string Name => "scripted";

        public string Digest => "0";

        public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) => Task.FromResult(verdict(first.Text, second.Text));
    }
}
