using AlignOps.Training.Definitions;
using AlignOps.Training.Raft;

namespace AlignOps.Tests.Training.Raft;

/// <summary>What a round keeps, what it discards, and when its guards end the training.</summary>
public sealed class RoundTests
{
    [Theory]
    [InlineData("The shop opens at nine.", true, null)]
    [InlineData("The shop opens at", false, AnswerFilter.Unfinished)]
    [InlineData(" \n", true, AnswerFilter.Empty)]
    [InlineData("Yes.\n\nHuman: and now?", true, AnswerFilter.TurnMarker)]
    [InlineData("##################", true, AnswerFilter.Repeating)]
    [InlineData("thank you so thank you so thank you so thank you so", true, AnswerFilter.Repeating)]
    [InlineData("no no, that is not what no means", true, null)]
    public void Filter_Answer_IsDiscardedByReason(string text, bool finished, string? fault) => Assert.Equal(fault, AnswerFilter.Fault(text, finished));

    [Fact]
    public void Distinct2_HandCounted_IsDifferentPairsOverAll()
    {
        Assert.Equal(4.0 / 5, WordRuns.Distinct2(["a b c", "a b", "c d e f"[..5]])!.Value, 12);
        Assert.Null(WordRuns.Distinct2(["one", ""]));
        Assert.Equal((2.0 / 3, "x y z"), WordRuns.CommonestTriple(["x y z", "w x y z", "a"]));
    }

    [Fact]
    public void Keep_PerPrompt_TakesTheFirstBestOfEachAndNoneBelowTheLeast()
    {
        SampledPrompt[] prompts = [Prompt("p", 1, 3, 3, null), Prompt("q", 0.1, 0.2)];

        var kept = AnswerSelection.Keep(prompts, new RaftSection { MinReward = 1 });

        Assert.Equal("p1", Assert.Single(kept).Answer.Text);
        Assert.Equal(["p1", "q1"], AnswerSelection.Keep(prompts, new RaftSection()).Select(k => k.Answer.Text));
    }

    [Fact]
    public void Keep_Overall_TakesTheShareOfAllAnswers()
    {
        SampledPrompt[] prompts = [Prompt("p", 5, 4, 1), Prompt("q", 3, 0, 2)];

        Assert.Equal(["p0", "p1", "q0"], AnswerSelection.Keep(prompts, new RaftSection { Keep = "overall", Share = 0.5 }).Select(k => k.Answer.Text));
    }

    [Fact]
    public void Guards_EachOfThem_TripsByItsName()
    {
        var section = new RaftSection();
        RoundReport first = Report();

        Assert.Null(RoundGuards.Trips(first, first, section));
        Assert.Null(RoundGuards.Trips(first with { Round = 2, Distinct2 = 0.41, Invalid = 0.5, PatternShare = 0.69 }, first, section));
        Assert.Equal("diversity-collapse", RoundGuards.Trips(first with { Round = 2, Distinct2 = 0.39 }, first, section)!.Value.Code);
        Assert.Equal("invalid-answers", RoundGuards.Trips(first with { Invalid = 0.51 }, first, section)!.Value.Code);
        Assert.Equal("repeated-pattern", RoundGuards.Trips(first with { Round = 3, PatternShare = 0.75 }, first, section)!.Value.Code);
        Assert.Null(RoundGuards.Trips(first with { Distinct2 = null }, first, section));
        Assert.Contains("0.390", RoundGuards.Trips(first with { Round = 2, Distinct2 = 0.39 }, first, section)!.Value.Sentence);
    }

    private static RoundReport Report() => new(1, 10, 80, 0.1, 0.8, 0.5, 10, 0.9, 0.2, "of the day");

    private static SampledPrompt Prompt(string name, params double?[] rewards) =>
        new(name, [1], [.. rewards.Select((reward, i) => new SampledAnswer($"{name}{i}", [2, 0], reward, null))]);
}
