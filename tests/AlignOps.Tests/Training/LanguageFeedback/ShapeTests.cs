using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;

namespace AlignOps.Tests.Training.LanguageFeedback;

/// <summary>What each method makes of a row, as text: a character a token, § for the end token.</summary>
public sealed class ShapeTests
{
    private static readonly FeedbackRow Preference = Row(FeedbackKind.Preference, new Candidate("good", 1), new Candidate("bad", 0));

    private static readonly FeedbackRow Chain = Row(
        FeedbackKind.Ranking, new Candidate("draft", 0, Critique: "too short"), new Candidate("longer", 1, Critique: "add why"), new Candidate("longest", 2));

    private static readonly FeedbackRow Critique = Row(FeedbackKind.Critique, new Candidate("draft", Critique: "rude"));

    private static readonly FeedbackRow Demonstration = Row(FeedbackKind.Demonstration, new Candidate("so"));

    [Fact]
    public void Coh_Preference_AsksForEachAnswerByItsMarkerInBothOrders()
    {
        var section = new TrainingSection { Coh = new CohSection { PositiveMarker = "+", NegativeMarker = "-" } };

        Assert.Equal(
            ["q\n+§|[good§]", "q\n-§|[bad§]", "q\n+§|[good§]-§[bad§]", "q\n-§|[bad§]+§[good§]"],
            Texts("coh", Preference, section));
        Assert.Equal(["q\n+§|[so§]"], Texts("coh", Demonstration, section));
    }

    [Fact]
    public void Coh_WithoutAPositiveMarker_NeedsNothingWhenTheModelIsAsked()
    {
        var section = new TrainingSection { Method = "coh", Coh = new CohSection { PositiveMarker = "", NegativeMarker = "-", Forms = ["p", "n", "pn"] } };

        Assert.Empty(new TrainingPipelineSection().Validate(section));
        Assert.Equal(["q§|[good§]", "q\n-§|[bad§]", "q§|[good§]-§[bad§]"], Texts("coh", Preference, section));
        Assert.Contains(new TrainingPipelineSection().Validate(section with { Coh = section.Coh with { Forms = ["np"] } }), f => f.Path == "training.coh.positive_marker");
    }

    [Fact]
    public void Coh_EarlierTurnsOfTheAssistant_AreNotLearned()
    {
        FeedbackRow row = Preference with { Prompt = [new("user", "a"), new("assistant", "b"), new("user", "q")] };
        var section = new TrainingSection { Coh = new CohSection { PositiveMarker = "+", NegativeMarker = "-", Forms = ["pn"] } };

        Assert.Equal(["a§b§q\n+§|[good§]-§[bad§]"], Texts("coh", row, section));
    }

    [Fact]
    public void CRlft_Preference_ConditionsEachAnswerOnItsClass()
    {
        TrainingExample example = Shape("c-rlft", Preference).Example!;

        Assert.Equal(["Expert\nq§|[good§]", "Novice\nq§|[bad§]"], Texts(example));
        Assert.Equal([1, 0.1], example.Candidates.Select(c => Assert.Single(c.Weights!.Distinct())));
    }

    [Fact]
    public void CRlft_ClassesBySourceAndScore_FirstThatHoldsDecides()
    {
        var section = new TrainingSection
        {
            CRlft = new CRlftSection
            {
                Classes = [new() { Source = "GPT-4", Condition = "G4" }, new() { MinScore = 0.5, Condition = "", Weight = 0.5 }, new() { Source = "none", Weight = 0 }],
            },
        };
        FeedbackRow row = Row(FeedbackKind.Ranking, new Candidate("a", 0.9), new Candidate("b", 0.1, Source: "gpt-4"), new Candidate("c", 0.2, Source: "none"), new Candidate("d", 0.3));

        Assert.Equal(["q§|[a§]", "G4\nq§|[b§]"], Texts("c-rlft", row, section));
        Assert.Equal("no-class", Shape("c-rlft", Row(FeedbackKind.Rating, new Candidate("c", 0.2)), section).Reason);
    }

    [Fact]
    public void Cut_JudgedAnswer_StandsBehindItsJudgmentAndBehindThePromptAlone()
    {
        Assert.Equal(["q\n\n### Judgment:\nrude§|[draft§]", "q§|[draft§]"], Texts("cut", Critique));
        Assert.Equal(["q§|[so§]"], Texts("cut", Demonstration));
        Assert.Equal(["q§|[fine§]"], Texts("cut", Row(FeedbackKind.Critique, new Candidate("fine", 8, Critique: "nice"))));
        Assert.Equal("no-critique", Shape("cut", Row(FeedbackKind.Thumb, new Candidate("meh", Label: false))).Reason);
        Assert.Equal(
            ["q\n\n### Judgment:\ntoo short§|[draft§]", "q§|[draft§]", "q\n\n### Judgment:\nadd why§|[longer§]", "q§|[longer§]", "q§|[longest§]"],
            Texts("cut", Chain));
    }

    [Fact]
    public void Ilf_Chain_ImitatesTheLastRefinementWithoutItsFeedback()
    {
        Assert.Equal(["q§|[longest§]"], Texts("ilf", Chain));
        Assert.Equal("no-revision", Shape("ilf", Critique).Reason);
        Assert.Equal("no-revision", Shape("ilf", Row(FeedbackKind.Ranking, new Candidate("a", 0.2), new Candidate("b", 0.9))).Reason);
    }

    [Fact]
    public void Selfee_Chain_IsOneTextOfAnswersFeedbackAndRevisions()
    {
        Assert.Equal(
            ["q§|[draft\n\n### Feedback:\ntoo short\n\n### Revision:\nlonger\n\n### Feedback:\nadd why\n\n### Revision:\nlongest§]"],
            Texts("selfee", Chain));
        Assert.Equal(["q§|[draft\n\n### Feedback:\nrude§]"], Texts("selfee", Critique));
    }

    [Fact]
    public void SecondThoughts_WorseAndBetter_LearnsTheEditsAndTheResult()
    {
        FeedbackRow row = Row(FeedbackKind.Preference, new Candidate("the sun is hot", 1), new Candidate("the sun is cold", 0));

        Assert.Equal(
            ["q\n\n### Draft:\nthe sun is cold§|[### Edits:\nreplace [cold] with [hot]\n### Revised:\nthe sun is hot§]"],
            Texts("second-thoughts", row));
        Assert.Equal("no-revision", Shape("second-thoughts", Critique).Reason);
    }

    [Fact]
    public void Edits_RevisedAnswer_WeighsWhatChangedAndUnlearnsWhatWasTakenOut()
    {
        FeedbackRow row = Row(FeedbackKind.Ranking, new Candidate("abc", 0, Critique: "b is wrong"), new Candidate("aXc", 1));
        var section = new TrainingSection { Edits = new EditsSection { RemovedWeight = 0.5 } };

        TrainingExample example = Shape("edits", row, section).Example!;

        Assert.Equal([1, 2, 1, 1], example.Candidates[0].Weights!);
        Assert.Equal([0, -0.5, 0, 0], example.Candidates[1].Weights!);
        Assert.Single(Shape("edits", row).Example!.Candidates);
        Assert.Equal("no-revision", Shape("edits", Critique).Reason);
    }

    [Fact]
    public void FineGrained_Spans_WeighTheTokensTheyTouch()
    {
        FeedbackRow row = Row(FeedbackKind.Critique, new Candidate("abcdef", Critique: "c", Spans: [new(0, 2, SpanLabel.Good, 3), new(4, 5, SpanLabel.Bad, 2, "factuality")]));
        var section = new TrainingSection { FineGrained = new FineGrainedSection { BadWeight = 0.5, UnmarkedWeight = 0.25 } };

        Assert.Equal([3, 3, 0.25, 0.25, -1, 0.25, 0.25], Shape("fine-grained", row, section).Example!.Candidates[0].Weights!);
        Assert.Equal([true, true, false, false, true, false, false], Shape("fine-grained", row).Example!.Sequence(0).Scored[2..]);
        Assert.Equal("no-spans", Shape("fine-grained", Critique).Reason);
    }

    [Fact]
    public void FineGrained_TokensOfSeveralBytesAndCharacters_AreFoundByTheirBytes()
    {
        const string Text = "größe ☀☀ und kälte 😀 kalt";
        BpeTokenizer tokenizer = BpeTrainer.Train(["größe und kälte und kalt ☀ größe kälte", "q"], 300, ChatTemplate.Compact);
        int[] answer = tokenizer.EncodeAnswer(Text);
        foreach ((int start, int end) in new[] { (0, 5), (6, 7), (13, 18), (19, 21), (20, 21), (22, Text.Length), (0, Text.Length) })
        {
            FeedbackRow row = Row(FeedbackKind.Critique, new Candidate(Text, Critique: "c", Spans: [new(start, end, SpanLabel.Good)]));

            double[] weights = TrainingMethods.Find("fine-grained")!.Shape(new TrainingSection()).Shape(row, tokenizer).Example!.Candidates[0].Weights!;

            bool[] marked = Marked(Text, start, end);
            int at = 0;
            foreach ((int token, double weight) in answer.Zip(weights))
            {
                int bytes = tokenizer.Bytes(token).Length;
                Assert.Equal(marked.AsSpan(at, bytes).Contains(true) ? 1 : 0, weight);
                at += bytes;
            }

            Assert.Equal(marked.Length, at);
            Assert.Equal(0, weights[^1]);
        }
    }

    /// <summary>Character by character: whether each byte of the text belongs to one of the stretch.</summary>
    private static bool[] Marked(string text, int start, int end)
    {
        List<bool> marked = [];
        for (int i = 0; i < text.Length; i++)
        {
            int characters = char.IsHighSurrogate(text[i]) ? 2 : 1;
            bool inside = i < end && i + characters > start;
            marked.AddRange(Enumerable.Repeat(inside, System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(i, characters))));
            i += characters - 1;
        }

        return [.. marked];
    }

    [Fact]
    public void Reasons_OfEveryMethod_HaveASentence() =>
        Assert.All(
            typeof(SkipReasons).GetFields().Concat(typeof(ExampleSet).GetFields()).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!),
            code => Assert.NotNull(SkipReasons.Sentence(code)));

    [Fact]
    public void Skips_KindThatTheMethodLeavesOut_HasASentence() => Assert.All(FeedbackKinds.Names, kind => Assert.NotNull(SkipReasons.Sentence(kind)));

    private static string[] Texts(string method, FeedbackRow row, TrainingSection? section = null) => Texts(Shape(method, row, section).Example!);

    /// <summary>Prompt, a bar, and the rest with what is learned in brackets.</summary>
    private static string[] Texts(TrainingExample example) =>
    [
        .. Enumerable.Range(0, example.Candidates.Count).Select(c =>
        {
            string text = Text(example.PromptOf(c)) + "|";
            int[] answer = example.Candidates[c].Answer;
            bool[] scored = example.Sequence(c).Scored[example.PromptOf(c).Length..];
            for (int t = 0; t < answer.Length; t++)
            {
                text += (scored[t] && (t == 0 || !scored[t - 1]) ? "[" : "") + Text([answer[t]]) + (scored[t] && (t == answer.Length - 1 || !scored[t + 1]) ? "]" : "");
            }

            return text;
        }),
    ];

    private static string Text(int[] tokens) => string.Concat(tokens.Select(t => t == 0 ? '§' : (char)t));

    private static ShapedRow Shape(string method, FeedbackRow row, TrainingSection? section = null) =>
        TrainingMethods.Find(method)!.Shape(section ?? new TrainingSection()).Shape(row, new CharacterTokenizer());

    private static FeedbackRow Row(FeedbackKind kind, params Candidate[] candidates) =>
        new(kind, [new ChatMessage("user", "q")], candidates, new Provenance("b", 1, "test", ""));
}
