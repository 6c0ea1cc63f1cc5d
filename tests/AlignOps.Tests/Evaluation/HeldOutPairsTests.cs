using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Evaluation.HeldOut;

namespace AlignOps.Tests.Evaluation;

public sealed class HeldOutPairsTests
{
    [Fact]
    public void Of_PreferenceRankingAndDemonstration_AreOnePairEach()
    {
        FeedbackRow[] rows =
        [
            Row(FeedbackKind.Preference, "p", new Candidate("better", 1), new Candidate("worse", 0)),
            Row(FeedbackKind.Ranking, "r", new Candidate("middle", 2), new Candidate("worst", 1), new Candidate("best", 3)),
            Row(FeedbackKind.Demonstration, "d", new Candidate("like this")),
            Row(FeedbackKind.Ranking, "tied", new Candidate("one", 2), new Candidate("other", 2)),
            Row(FeedbackKind.Critique, "c", new Candidate("text", Critique: "too long")),
        ];

        Assert.Equal(
            ["best over worst", "better over worse", "like this over nothing"],
            HeldOutPairs.Of(rows, 100, 1).Select(pair => $"{pair.Liked.Text} over {pair.Disliked?.Text ?? "nothing"}").OrderBy(text => text.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_Thumbs_UseEachRowOnceWithinAPromptFirst(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 200).Select(i => Thumb($"question {random.Next(60)}", $"answer {i}", random.Next(3) == 0)).ToArray();

        var pairs = HeldOutPairs.Of(rows, 1000, seed);

        var liked = pairs.Select(pair => pair.Liked.Text).ToList();
        var disliked = pairs.Select(pair => pair.Disliked!.Text).ToList();
        Assert.Equal(liked.Count + disliked.Count, liked.Concat(disliked).Distinct().Count());
        Assert.All(rows, row => Assert.DoesNotContain(row.Candidates[0].Text, row.Candidates[0].Label == true ? disliked : liked));
        foreach (var prompt in rows.GroupBy(row => row.Prompt[^1].Content))
        {
            var within = pairs.Count(pair => pair.Cluster is not null && pair.Liked.Prompt[^1].Content == prompt.Key && pair.Disliked!.Prompt[^1].Content == prompt.Key);
            Assert.Equal(Math.Min(prompt.Count(row => row.Candidates[0].Label == true), prompt.Count(row => row.Candidates[0].Label == false)), within);
        }

        // What stands alone is independent of all else: no prompt is in two of those pairs.
        var alone = pairs.Where(pair => pair.Cluster is null).SelectMany(pair => new[] { pair.Liked.Prompt[^1].Content, pair.Disliked!.Prompt[^1].Content }).ToList();
        Assert.Equal(alone.Count, alone.Distinct().Count());
    }

    [Fact]
    public void Of_RowsInAnyOrder_GivesTheSamePairs()
    {
        var rows = Enumerable.Range(0, 50).Select(i => Thumb($"question {i}", $"answer {i}", i % 2 == 0)).ToArray();
        var shuffled = rows.ToArray();
        new Random(5).Shuffle(shuffled);

        Assert.Equal(HeldOutPairs.Of(rows, 20, 7).Select(pair => pair.Id), HeldOutPairs.Of(shuffled, 20, 7).Select(pair => pair.Id));
        Assert.NotEqual(HeldOutPairs.Of(rows, 20, 7).Select(pair => pair.Id), HeldOutPairs.Of(rows, 20, 8).Select(pair => pair.Id));
        Assert.Empty(HeldOutPairs.Of([.. rows.Where(row => row.Candidates[0].Label == true)], 20, 7));
    }

    [Fact]
    public void Item_TheSameFigures_IsATieAndAGainIsAWin()
    {
        var pair = Assert.Single(HeldOutPairs.Of([Row(FeedbackKind.Preference, "p", new Candidate("a", 1), new Candidate("b", 0))], 1, 1));
        PairScore before = new(-2, -1), gained = new(-1.9, -1), lost = new(-1, 0.5), unscored = new(0, 0, "too long");

        Assert.Equal(0.5, HeldOutEvidence.Item(pair, before, before, null).VersusChampion!.Outcome);
        Assert.Equal(1, HeldOutEvidence.Item(pair, gained, before, null).VersusChampion!.Outcome);
        var mixed = HeldOutEvidence.Item(pair, lost, before, gained);
        Assert.Equal((0.0, 0.0), (mixed.VersusChampion!.Outcome, mixed.VersusAnchor!.Outcome));
        Assert.Equal((null, "too long"), (HeldOutEvidence.Item(pair, gained, unscored, null).VersusChampion!.Outcome, HeldOutEvidence.Item(pair, gained, unscored, null).VersusChampion!.UnscoredReason));
        Assert.Null(HeldOutEvidence.Item(pair, new PairScore(double.NegativeInfinity, double.NegativeInfinity), before, null).VersusChampion!.Outcome);
    }

    internal static FeedbackRow Thumb(string prompt, string answer, bool up) => Row(FeedbackKind.Thumb, prompt, new Candidate(answer, Label: up));

    internal static FeedbackRow Row(FeedbackKind kind, string prompt, params Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", prompt)], candidates, new Provenance("b-1", 1, "test", "p"));
}
