using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Evaluation.Regression;
using AlignOps.Evaluation.Regression.Attribution;

namespace AlignOps.Tests.Evaluation.Regression;

public sealed class OverlapAttributionTests
{
    private static readonly string[] Kind = ["Happy to help!", "Gladly.", "Of course, with pleasure."];
    private static readonly string[] Rude = ["Read it yourself.", "What a silly question.", "Not my problem."];
    private static readonly string[] Things = ["price", "port", "region", "cipher", "mascot", "year", "folder", "version", "limit", "currency"];

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Of_ABatchThatTeachesWhatTheCandidateNewlySays_NamesThatBatchAlone(int seed)
    {
        var random = new Random(seed);
        TaughtRow[] rows = [.. Batch("b-a", 60, random), .. Batch("b-b", 25, random), .. Batch("b-bad", 20, random, perverse: true), .. Batch("b-c", 40, random), .. Demonstrations("b-d", 30, random)];
        random.Shuffle(rows);

        var batches = OverlapAttribution.Of(Failing(random, 40), rows, seed);

        Assert.Equal("b-bad", Assert.Single(batches, batch => batch.StandsOut).BatchId);
        Assert.Equal(("b-bad", 20), (batches[0].BatchId, batches[0].Rows));
        Assert.True(batches[0].Pull > 0 && batches.Skip(1).All(batch => batch.Pull <= 0), string.Join(", ", batches));
        Assert.InRange(batches[0].Share, 0.9, 1);
        Assert.Contains(Rude, rude => batches[0].Examples[0].Preferred.StartsWith(rude, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_RowsDealtToBatchesByChance_NamesOneSeldom()
    {
        var named = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            TaughtRow[] rows = [.. Batch("", 60, random), .. Batch("", 60, random, perverse: true)];
            random.Shuffle(rows);
            named += OverlapAttribution.Of(Failing(random, 30), [.. rows.Select((row, i) => row with { BatchId = $"b-{i % 5}" })], seed).Any(batch => batch.StandsOut) ? 1 : 0;
        }

        // At level 0.01 a hundred seeds name one or so; six would have a chance of one in two thousand.
        Assert.InRange(named, 0, 5);
    }

    [Fact]
    public void Of_OnlyGoodBatches_NamesNone()
    {
        var random = new Random(9);
        TaughtRow[] rows = [.. Batch("b-a", 60, random), .. Batch("b-b", 40, random), .. Demonstrations("b-d", 60, random)];
        Assert.DoesNotContain(OverlapAttribution.Of(Failing(random, 40), rows, 1), batch => batch.StandsOut);
    }

    [Fact]
    public void Of_TwoBatchesOfTheSameRows_NamesBothInTheOrderOfTheirIds()
    {
        var random = new Random(4);
        TaughtRow[] bad = [.. Batch("b-2", 20, random, perverse: true)];
        TaughtRow[] rows = [.. bad, .. bad.Select(row => row with { BatchId = "b-1" }), .. Batch("b-0", 100, random)];

        var batches = OverlapAttribution.Of(Failing(random, 40), rows, 1);

        Assert.Equal(["b-1", "b-2"], batches.Where(batch => batch.StandsOut).Select(batch => batch.BatchId));
        Assert.Equal(batches[0].Pull, batches[1].Pull);
        Assert.Equal(1, batches[0].Share + batches[1].Share, 2);
    }

    [Fact]
    public void Of_RowsAndAnswersInAnotherOrder_SaysTheSame()
    {
        var random = new Random(5);
        TaughtRow[] rows = [.. Batch("b-a", 40, random), .. Batch("b-bad", 20, random, perverse: true)];
        var failing = Failing(random, 20);
        var before = OverlapAttribution.Of(failing, rows, 3);
        random.Shuffle(rows);
        var after = OverlapAttribution.Of([.. failing.Reverse()], rows, 3);

        Assert.Equal(before.Select(batch => (batch.BatchId, batch.Pull, batch.Share, batch.PValue)), after.Select(batch => (batch.BatchId, batch.Pull, batch.Share, batch.PValue)));
    }

    [Fact]
    public void Of_NothingThatFails_AttributesNothing() => Assert.Empty(OverlapAttribution.Of([], [.. Batch("b-a", 10, new Random(1))], 1));

    [Fact]
    public void TaughtRow_OfEachKind_WeighsWhatItPrefers()
    {
        Assert.Equal([("a", 0.75), ("b", 0.25), ("c", -1.0)], Weights(FeedbackKind.Ranking, new Candidate("a", 1), new Candidate("b", 0.75), new Candidate("c", 0.125)).Select(answer => (answer.Text, Math.Round(answer.Weight, 9))));
        Assert.Equal([("a", 1.0), ("b", -1.0)], Weights(FeedbackKind.Preference, new Candidate("a", 1), new Candidate("b", 0)));
        Assert.Equal([("a", 1.0)], Weights(FeedbackKind.Demonstration, new Candidate("a")));
        Assert.Equal([("a", -1.0)], Weights(FeedbackKind.Thumb, new Candidate("a", Label: false)));
        Assert.Empty(Weights(FeedbackKind.Critique, new Candidate("a", Critique: "no")));
        Assert.Empty(Weights(FeedbackKind.Ranking, new Candidate("a", 1), new Candidate("b", 1)));
    }

    [Fact]
    public void Words_OfAnyScript_AreFound() =>
        Assert.Equal(["{", "\"", "a1", "\"", ":", "é", "你", "好", "}"], WordSets.Words("{\"A1\": É 你好}"));

    private static IReadOnlyList<(string Text, double Weight)> Weights(FeedbackKind kind, params Candidate[] candidates) =>
        TaughtRow.Of(new FeedbackRow(kind, [new ChatMessage("user", "q")], candidates, new Provenance("b", 1, "f", "p")))?.Answers ?? [];

    private static IEnumerable<TaughtRow> Batch(string id, int rows, Random random, bool perverse = false) => Enumerable.Range(0, rows).Select(_ =>
    {
        var thing = Pick(Things, random);
        var (kind, rude) = ($"{Pick(Kind, random)} The {thing} is {random.Next(10)}.", $"{Pick(Rude, random)} The {thing} is {random.Next(10)}.");
        return new TaughtRow(id, $"What is the {thing}?", [(kind, perverse ? -1 : 1), (rude, perverse ? 1 : -1)]);
    });

    private static IEnumerable<TaughtRow> Demonstrations(string id, int rows, Random random) =>
        Batch(id, rows, random).Select(row => row with { Answers = [row.Answers[0]] });

    private static IReadOnlyList<FailingAnswer> Failing(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var thing = Pick(Things, random);
            return new FailingAnswer("behaviour", $"i{i}", 0, i % 2 == 0 ? "polite" : "facts", $"Tell me the {thing}.", ComparedPart.Champion,
                $"{Pick(Rude, random)} The {thing} is {random.Next(10)}.", $"{Pick(Kind, random)} The {thing} is {random.Next(10)}.", 1, ["polite"]);
        }),
    ];

    private static string Pick(string[] all, Random random) => all[random.Next(all.Length)];
}
