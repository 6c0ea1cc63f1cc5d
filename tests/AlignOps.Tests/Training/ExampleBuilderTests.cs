using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Tests.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Pretraining;

namespace AlignOps.Tests.Training;

public sealed class ExampleBuilderTests
{
    private static readonly RrhfObjective Rrhf = new(new RrhfOptions());
    private static readonly ExampleBuilder Builder = new(new CharacterTokenizer(), maxTokens: 12);

    [Fact]
    public void ForTraining_Preference_BecomesTwoScoresOneAndZero()
    {
        TrainingExample example = Single(Row(FeedbackKind.Preference, new Candidate("good", 0.9), new Candidate("bad", 0.4)));

        Assert.Equal([1, 0], example.Candidates.Select(c => c.Score!.Value));
        Assert.Equal([.. "good".Select(c => (int)c), 0], example.Candidates[0].Answer);
        Assert.Equal([(int)'h', (int)'i', 0], example.Prompt);
    }

    [Theory]
    [InlineData(null, null, null, null, 0)]
    [InlineData(0.1, 0.4, null, null, 1)]
    [InlineData(null, null, false, true, 1)]
    [InlineData(null, null, true, false, 0)]
    public void ForTraining_Preference_FollowsScoresThenThumbsThenTheOrderGiven(double? a, double? b, bool? up, bool? otherUp, int best) =>
        Assert.Equal(best, Single(Row(FeedbackKind.Preference, new Candidate("a", a, up), new Candidate("b", b, otherUp))).Best);

    [Fact]
    public void ForTraining_Ranking_KeepsScoresAndLeavesOutUnscoredAnswers()
    {
        TrainingExample example = Single(Row(FeedbackKind.Ranking, new Candidate("a", 0.5), new Candidate("b"), new Candidate("c", 7)));

        Assert.Equal([0.5, 7], example.Candidates.Select(c => c.Score!.Value));
    }

    [Fact]
    public void ForTraining_Demonstration_IsOneAnswerToImitate()
    {
        TrainingExample example = Single(Row(FeedbackKind.Demonstration, new Candidate("do so")));

        Assert.Null(Assert.Single(example.Candidates).Score);
        Assert.Equal(double.PositiveInfinity, example.Rank(0));
    }

    [Fact]
    public void ForTraining_RowsThatTeachNothing_AreCountedByReason()
    {
        var strict = new RrhfObjective(new RrhfOptions(SftMinScore: 1));
        ExampleSet set = Builder.ForTraining(
            [
                Row(FeedbackKind.Thumb, new Candidate("a", Label: true)),
                Row(FeedbackKind.Critique, new Candidate("a", Critique: "no")),
                Row(FeedbackKind.Ranking, new Candidate("a", 0.5), new Candidate("b", 0.5)),
                Row(FeedbackKind.Preference, new Candidate("much too long", 1), new Candidate("b", 0)),
                Row(FeedbackKind.Demonstration, new Candidate("12345678")),
                Row(FeedbackKind.Demonstration, new Candidate("123456789")),
            ],
            RankedAnswers.Only,
            strict);

        Assert.Single(set.Examples);
        Assert.Equal(new Dictionary<string, int> { ["unused-kind"] = 2, ["no-signal"] = 1, ["too-long"] = 2 }, set.Skipped.ToDictionary());
        Assert.Matches("^1 no-signal \\([0-9a-f]{12} line 1\\), 2 too-long \\(\\w+ line 1, \\w+ line 1\\), 2 unused-kind \\(", set.Describe());
    }

    [Fact]
    public void Trap_SilentTruncation_LongRowsAreCountedAndNothingIsCut()
    {
        FeedbackRow fits = Row(FeedbackKind.Demonstration, new Candidate("12345678"));
        ExampleSet set = Builder.ForTraining([fits, Row(FeedbackKind.Demonstration, new Candidate("123456789"))], RankedAnswers.Only, Rrhf);

        Assert.Equal(12, Assert.Single(set.Examples).Tokens);
        Assert.Equal(0, set.Examples[0].Candidates[0].Answer[^1]);
        Assert.Equal(new Dictionary<string, int> { [ExampleSet.TooLong] = 1 }, set.Skipped.ToDictionary());
    }

    [Fact]
    public void ForTraining_ConversationThatTheTemplateRefuses_IsCountedByItsReason()
    {
        // Mistral's template takes users and assistants alone, in turn.
        var builder = new ExampleBuilder(GoldenTemplates.Load("mistral"), maxTokens: 100);
        FeedbackRow refused = Row(FeedbackKind.Demonstration, new Candidate("x")) with { Prompt = [new ChatMessage("system", "s"), new ChatMessage("user", "u")] };
        ExampleSet set = builder.ForTraining([refused, Row(FeedbackKind.Demonstration, new Candidate("x"))], RankedAnswers.Only, Rrhf);

        Assert.Single(set.Examples);
        Assert.Equal(new Dictionary<string, int> { ["template-raised"] = 1 }, set.Skipped.ToDictionary());
        Assert.Contains("roles do not alternate", SkipReasons.Sentence("template-raised"), StringComparison.Ordinal);
    }

    [Fact]
    public void ForTraining_EveryAnswer_EndsWithItsEndToken()
    {
        ExampleSet set = Builder.ForTraining([Row(FeedbackKind.Preference, new Candidate("a", 1), new Candidate("", 0))], RankedAnswers.Only, Rrhf);

        Assert.All(set.Examples.SelectMany(e => e.Candidates), c => Assert.Equal(0, c.Answer[^1]));
    }

    [Fact]
    public void PretrainText_IsScoredFromItsSecondToken()
    {
        TrainingExample example = PretrainExamples.Text("t", new CharacterTokenizer(), "abc")!;

        Assert.Equal([false, true, true, true], example.Sequence(0).Scored);
        Assert.Equal([(int)'a', (int)'b', (int)'c', 0], example.Sequence(0).Tokens);
        Assert.Null(PretrainExamples.Text("t", new CharacterTokenizer(), ""));
    }

    private static TrainingExample Single(FeedbackRow row) => Assert.Single(Builder.ForTraining([row], RankedAnswers.Only, Rrhf).Examples);

    private static FeedbackRow Row(FeedbackKind kind, params Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", "hi")], candidates, new Provenance("b", 1, "test", ""));
}
