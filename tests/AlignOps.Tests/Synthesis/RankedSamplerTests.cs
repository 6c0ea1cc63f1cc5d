using AlignOps.Data.Feedback;
using AlignOps.Synthesis.Definitions;
using AlignOps.Synthesis.Sampling;
using AlignOps.Tests.Training;

namespace AlignOps.Tests.Synthesis;

public sealed class RankedSamplerTests
{
    private static readonly SynthesisSection Section = new() { Method = "sampled", Samples = 5, MaxNewTokens = 20, MaxPrompts = 30, Verifier = "kind-words" };
    private static readonly FeedbackRow[] Feedback = [.. Enumerable.Range(0, 50).Select(i => SynthesisRows.Ranking(i, ("kind", 1), ("rude", 0)))];

    [Fact]
    public async Task Run_Prompts_GivesRankedRowsWithTheirProvenance()
    {
        IReadOnlyList<SampledPrompt> prompts = PromptLot.Draw(Feedback, 3, 30);

        (IReadOnlyList<FeedbackRow> rows, SamplingTally tally) = await RunAsync(prompts, new SpokenPolicy("kind", "rude", "weather"));

        Assert.NotEmpty(rows);
        Assert.Equal(30, tally.Prompts);
        Assert.Equal(150, tally.Samples);
        Assert.Equal(30, rows.Count + tally.Level);
        Assert.True(tally.Cut > 0 && tally.Unscored > 0 && tally.Repeated > 0, tally.ToString());
        Assert.Equal(rows.OrderBy(r => r.Id, StringComparer.Ordinal), rows);
        foreach (FeedbackRow row in rows)
        {
            FeedbackRow parent = Feedback.Single(f => f.Id == row.Provenance.ParentRowId);
            Assert.Equal(parent.Prompt, row.Prompt);
            Assert.Equal((FeedbackKind.Ranking, "synthetic", 1), (row.Kind, row.Provenance.Format, row.Provenance.SyntheticDepth));
            Assert.Equal(row.Candidates.Count, row.Candidates.DistinctBy(c => c.Text).Count());
            Assert.True(row.Candidates.DistinctBy(c => c.Score).Count() > 1);
            Assert.All(row.Candidates, c => Assert.Equal(new WordVerifier().Verify(row.Prompt, c.Text).Score, c.Score));
            Assert.All(row.Candidates, c => Assert.Equal("champ", c.Source));
        }
    }

    [Fact]
    public async Task Run_FewerPromptsInTheCall_GivesTheSameRows()
    {
        IReadOnlyList<SampledPrompt> prompts = PromptLot.Draw(Feedback, 3, 30);
        (IReadOnlyList<FeedbackRow> all, _) = await RunAsync(prompts, new SpokenPolicy("kind", "rude"));

        List<FeedbackRow> oneByOne = [];
        foreach (SampledPrompt prompt in prompts.Reverse())
        {
            oneByOne.AddRange((await RunAsync([prompt], new SpokenPolicy("kind", "rude"))).Rows);
        }

        Assert.Equal(all.Select(FeedbackJson.Write), oneByOne.OrderBy(r => r.Id, StringComparer.Ordinal).Select(FeedbackJson.Write));
    }

    [Fact]
    public async Task Run_AnswersAllAlike_GivesNoRow()
    {
        (IReadOnlyList<FeedbackRow> rows, SamplingTally tally) = await RunAsync(PromptLot.Draw(Feedback, 3, 4), new SpokenPolicy("kind"));

        Assert.Empty(rows);
        Assert.Equal(4, tally.Level);
    }

    [Fact]
    public void Draw_RowsInAnyOrder_ChoosesTheSamePrompts()
    {
        FeedbackRow synthetic = Feedback[0] with { Prompt = [new("user", "made up")], Provenance = new Provenance("", 0, "synthetic", "sampled", 1) };
        IReadOnlyList<SampledPrompt> prompts = PromptLot.Draw([.. Feedback, synthetic, SynthesisRows.Demonstration(7)], 3, 10);

        Assert.Equal(10, prompts.Count);
        Assert.Equal(prompts, PromptLot.Draw([SynthesisRows.Demonstration(7), .. Feedback.Reverse()], 3, 10));
        Assert.NotEqual(prompts.Select(p => p.Parent), PromptLot.Draw(Feedback, 4, 10).Select(p => p.Parent));
        Assert.Equal(50, PromptLot.Draw([.. Feedback, SynthesisRows.Demonstration(7)], 3, 100).Count);
    }

    private static Task<(IReadOnlyList<FeedbackRow> Rows, SamplingTally Tally)> RunAsync(IReadOnlyList<SampledPrompt> prompts, SpokenPolicy policy) =>
        new RankedSampler(policy, new CharacterTokenizer(), new WordVerifier(), Section, "champ").RunAsync(prompts, _ => Task.CompletedTask, CancellationToken.None);
}
