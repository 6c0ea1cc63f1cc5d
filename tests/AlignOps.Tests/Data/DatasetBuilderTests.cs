using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Data;

public sealed class DatasetBuilderTests
{
    private static readonly MixOptions Mix = new(0.1, 0.25, 0.25, [FeedbackKind.Preference, FeedbackKind.Ranking, FeedbackKind.Demonstration]);

    [Fact]
    public void Build_RowsInAnyOrder_SameDigest()
    {
        var rows = new DatasetRows(Rows("new", 300), Rows("old", 200), Rows("made", 200, synthetic: true));
        var expected = DatasetBuilder.Build("p", ["b-2", "b-1"], rows, Mix, seed: 7);
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var shuffled = new DatasetRows(Shuffle(rows.New, random), Shuffle(rows.Replay, random), Shuffle(rows.Synthetic, random));

            var again = DatasetBuilder.Build("p", ["b-1", "b-2"], shuffled, Mix, seed: 7);

            Assert.Equal(expected.Digest, again.Digest);
            Assert.Equal(expected.Train, again.Train);
            Assert.Equal(expected.HeldOut, again.HeldOut);
        }
    }

    [Fact]
    public void Build_AnyRows_ManifestIsPinned()
    {
        var dataset = DatasetBuilder.Build("p", ["b-1"], new DatasetRows(Rows("new", 30), [], []), Mix, seed: 7);

        Assert.Equal(
            $$$"""{"pipeline":"p","train":"{{{dataset.Manifest.Train}}}","heldOut":"{{{dataset.Manifest.HeldOut}}}","trainRows":{{{dataset.Manifest.TrainRows}}},"heldOutRows":{{{30 - dataset.Manifest.TrainRows}}},"syntheticRows":0,"replayRows":0,"batchIds":["b-1"],"unusedByMethod":{}}""",
            Encoding.UTF8.GetString(DatasetJson.Write(dataset.Manifest)));
        Assert.Equal(JsonSerializer.Serialize(dataset.Manifest), JsonSerializer.Serialize(DatasetJson.Read(Encoding.UTF8.GetString(DatasetJson.Write(dataset.Manifest)))));
    }

    [Fact]
    public async Task Build_ManyPrompts_NoPromptStandsOnBothSidesAndRowsAreSorted()
    {
        var rows = new DatasetRows(Rows("new", 600, prompts: 150), Rows("new", 600, prompts: 150, batch: "b-0"), Rows("new", 300, synthetic: true, prompts: 150));

        var dataset = DatasetBuilder.Build("p", ["b-1"], rows, Mix, seed: 7);
        var train = await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.Train), CancellationToken.None);
        var heldOut = await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.HeldOut), CancellationToken.None);

        Assert.Empty(train.Select(r => r.Prompt[0].Content).Intersect(heldOut.Select(r => r.Prompt[0].Content)));
        Assert.Equal(train.Select(r => r.Id).Order(StringComparer.Ordinal), train.Select(r => r.Id));
        Assert.Equal(train.Count, train.Select(r => r.Id).Distinct().Count());
        Assert.DoesNotContain(heldOut, r => r.Provenance.SyntheticDepth > 0);
        Assert.InRange(heldOut.Count, 20, 150);
    }

    [Fact]
    public void Build_MorePromptsLater_HeldOutPromptsStayHeldOut()
    {
        var early = HeldOutPrompts(DatasetBuilder.Build("p", ["b-1"], new DatasetRows(Rows("new", 200), [], []), Mix, seed: 1));
        var late = HeldOutPrompts(DatasetBuilder.Build("p", ["b-1"], new DatasetRows(Rows("new", 400), [], []), Mix, seed: 2));

        Assert.Subset(late, early);
    }

    [Fact]
    public void Build_MuchReplayAndSynthetic_SharesAreCapped()
    {
        var rows = new DatasetRows(Rows("new", 200), Rows("old", 5000), Rows("made", 5000, synthetic: true));

        var manifest = DatasetBuilder.Build("p", ["b-1"], rows, Mix, seed: 7).Manifest;

        Assert.InRange((double)manifest.ReplayRows / manifest.TrainRows, 0.24, 0.25);
        Assert.InRange((double)manifest.SyntheticRows / manifest.TrainRows, 0.24, 0.25);
    }

    [Fact]
    public void Build_OtherSeed_ChoosesOtherReplayAndTheSameSplit()
    {
        var rows = new DatasetRows(Rows("new", 200), Rows("old", 500), []);

        var one = DatasetBuilder.Build("p", ["b-1"], rows, Mix, seed: 1);
        var two = DatasetBuilder.Build("p", ["b-1"], rows, Mix, seed: 2);

        Assert.NotEqual(one.Manifest.Train, two.Manifest.Train);
        Assert.Equal(one.Manifest.TrainRows, two.Manifest.TrainRows);
        Assert.Equal(one.Manifest.HeldOutRows, two.Manifest.HeldOutRows);
    }

    [Fact]
    public void Build_KindsThatTheMethodDoesNotUse_AreCountedAndLeftOut()
    {
        var thumbs = Rows("thumb", 5).Select(r => r with { Kind = FeedbackKind.Thumb, Candidates = [new Candidate("a", Label: true)] }).ToList();

        var manifest = DatasetBuilder.Build("p", ["b-1"], new DatasetRows([.. Rows("new", 50), .. thumbs], [], []), Mix, seed: 7).Manifest;

        Assert.Equal(50, manifest.TrainRows + manifest.HeldOutRows);
        Assert.Equal(new Dictionary<string, int> { ["thumb"] = 5 }, manifest.UnusedByMethod);
    }

    [Fact]
    public void Build_ThumbsOnOnePrompt_BecomeARankingWhereTheMethodComparesAnswers()
    {
        static FeedbackRow Thumb(int line, string prompt, string answer, bool up) =>
            new(FeedbackKind.Thumb, [new("user", prompt)], [new Candidate(answer, Label: up)], new Provenance("b-1", line, "thumbs", "anna"));
        FeedbackRow[] thumbs =
        [
            Thumb(1, "q", "good", true), Thumb(2, "q", "bad", false), Thumb(3, "q", "good", false), Thumb(4, "q", "fair", true), Thumb(5, "q", "fair", false),
            Thumb(6, "level", "a", true), Thumb(7, "level", "b", true), Thumb(8, "alone", "a", false),
        ];
        var mix = Mix with { HeldOutShare = 0, Kinds = [FeedbackKind.Ranking, FeedbackKind.Preference] };

        var dataset = DatasetBuilder.Build("p", ["b-1"], new DatasetRows(thumbs, [], []), mix, seed: 7);
        var turned = DatasetBuilder.Build("p", ["b-1"], new DatasetRows([.. thumbs.Reverse()], [], []), mix, seed: 7);

        var ranking = FeedbackJson.Read(Encoding.UTF8.GetString(dataset.Train).Trim());
        Assert.Equal([new Candidate("fair", 0.5), new Candidate("good", 0.5), new Candidate("bad", 0)], ranking.Candidates);
        Assert.Equal(new Provenance("b-1", 1, "grouped", ""), ranking.Provenance);
        Assert.Equal(new Dictionary<string, int> { ["thumb"] = 3 }, dataset.Manifest.UnusedByMethod);
        Assert.Equal(dataset.Digest, turned.Digest);
        Assert.Equal(8, DatasetBuilder.Build("p", ["b-1"], new DatasetRows(thumbs, [], []), mix with { Kinds = [FeedbackKind.Thumb] }, seed: 7).Manifest.TrainRows);
    }

    [Fact]
    public void Build_AnotherCaller_SameDigest()
    {
        var rows = Rows("new", 50);
        var others = rows.Select(r => r with { Provenance = r.Provenance with { PushedBy = "someone-else" } }).ToList();

        Assert.Equal(
            DatasetBuilder.Build("p", ["b-1"], new DatasetRows(rows, [], []), Mix, 7).Digest,
            DatasetBuilder.Build("p", ["b-1"], new DatasetRows(others, [], []), Mix, 7).Digest);
    }

    [Fact]
    public void Build_EveryPromptFallsHeldOut_IsTrainedOnInstead()
    {
        var mix = Mix with { HeldOutShare = 1 - 1e-9 };

        var manifest = DatasetBuilder.Build("p", ["b-1"], new DatasetRows(Rows("new", 5), Rows("old", 5), []), mix, 7).Manifest;

        Assert.Equal((5, 0), (manifest.TrainRows, manifest.HeldOutRows));
    }

    [Fact]
    public void Build_NothingUsable_IsAnEmptyVersion()
    {
        var manifest = DatasetBuilder.Build("p", ["b-1"], new DatasetRows([], Rows("old", 5), Rows("made", 5, synthetic: true)), Mix, 7).Manifest;

        Assert.Equal((0, 0), (manifest.TrainRows, manifest.HeldOutRows));
    }

    [Fact]
    public void Cap_AnyCounts_SharesHoldAndNoRowMoreWouldFit()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var (fresh, replay, synthetic) = (random.Next(0, 200), random.Next(0, 200), random.Next(0, 200));
            var (replayShare, syntheticShare) = (random.NextDouble() * 0.5, random.NextDouble() * 0.49);

            var (r, s) = MixShares.Cap(fresh, replay, synthetic, replayShare, syntheticShare);

            Assert.True(Holds(r, s));
            Assert.False((r < replay && Holds(r + 1, s)) || (s < synthetic && Holds(r, s + 1)) || (r < replay && s < synthetic && Holds(r + 1, s + 1)));

            bool Holds(int r, int s) => r <= (replayShare * (fresh + r + s)) + 1e-9 && s <= (syntheticShare * (fresh + r + s)) + 1e-9;
        }
    }

    private static HashSet<string> HeldOutPrompts(Dataset dataset) =>
        [.. Encoding.UTF8.GetString(dataset.HeldOut).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => FeedbackJson.Read(line).Prompt[0].Content)];

    private static List<FeedbackRow> Rows(string name, int count, bool synthetic = false, int prompts = int.MaxValue, string batch = "b-1") =>
    [
        .. Enumerable.Range(0, count).Select(i => new FeedbackRow(
            FeedbackKind.Preference,
            [new ChatMessage("user", $"{name} {i % prompts}")],
            [new Candidate($"good {i} {batch}{synthetic}", 1), new Candidate($"bad {i}", 0)],
            new Provenance(batch, i + 1, synthetic ? "synthetic" : "trl-preference", "tester", synthetic ? 1 : 0))),
    ];

    private static List<FeedbackRow> Shuffle(IReadOnlyList<FeedbackRow> rows, Random random)
    {
        var copy = rows.ToArray();
        random.Shuffle(copy);
        return [.. copy];
    }
}
