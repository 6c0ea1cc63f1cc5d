using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Imitation;

public sealed class SftTests
{
    private static readonly FeedbackRow Dialogue = new(
        FeedbackKind.Demonstration,
        [new ChatMessage("user", "hi"), new ChatMessage("assistant", "yo"), new ChatMessage("user", "go")],
        [new Candidate("ok")],
        new Provenance("b", 1, "test", ""));

    [Fact]
    public void Dft_HandComputedTokens_WeighsEachByItsProbability()
    {
        var objective = new SftObjective(dynamic: true);
        StepPlan plan = objective.Plan([new TrainingExample("r", [1], [new TrainingCandidate([2, 3], null)])]);

        LossResult result = objective.Loss(plan, [new ScoredSequence(plan.Sequences[0], [Math.Log(0.5), Math.Log(0.25)])]);

        Assert.Equal(0.346573590, result.Loss, 9);
        Assert.Equal([-0.25, -0.125], result.Gradients[0].Select(g => Math.Round(g, 12)));
    }

    [Fact]
    public void Dft_ItsGradient_IsThatOfSftWithTheProbabilitiesHeldAsWeights()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            TrainingExample[] examples = ExampleMaker.Demonstrations(seed, 3);
            StepPlan plan = new SftObjective(dynamic: true).Plan(examples);
            ScoredSequence[] scored = ExampleMaker.Score(plan, seed);
            ScoredSequence[] held = [.. scored.Select(s => s with { Planned = s.Planned with { Weights = [.. s.LogProbabilities.Select(Math.Exp)] } })];

            LossResult dynamic = new SftObjective(dynamic: true).Loss(plan, scored), weighted = new SftObjective().Loss(plan, held);

            Assert.Equal(weighted.Loss, dynamic.Loss, 12);
            Assert.Equal(weighted.Gradients.SelectMany(g => g), dynamic.Gradients.SelectMany(g => g));
        }
    }

    [Fact]
    public void Turns_Last_LearnsTheAnswerAlone()
    {
        TrainingExample example = Shape(Dialogue, "last").Example!;

        Assert.Equal("hi\0yo\0go\0", Text(example.Prompt));
        Assert.Equal("ok\0", Learned(example));
    }

    [Fact]
    public void Turns_All_LearnsEveryAnswerWithItsEndAndNothingBetween()
    {
        TrainingExample example = Shape(Dialogue, "all").Example!;

        Assert.Equal("hi\0", Text(example.PromptOf(0)));
        Assert.Equal("yo\0go\0ok\0", Text(example.Candidates[0].Answer));
        Assert.Equal("yo\0ok\0", Learned(example));
        StepPlan plan = new SftObjective().Plan([example]);
        Assert.Equal(6, plan.ScoredTokens);
        Assert.Equal([1, 1, 1, 1, 1, 1], plan.Sequences[0].Weights!);
    }

    [Fact]
    public void Turns_AllOnChatMl_LearnsContentsAndEndTokensOnly()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(["hi yo go ok"], 300, ChatTemplate.ChatMl);
        TrainingExample example = new AnsweredConversations().Shape(Dialogue, tokenizer).Example!;

        TrainingCandidate answer = example.Candidates[0];
        int[] whole = [.. example.PromptOf(0), .. answer.Answer], direct = [.. tokenizer.EncodePrompt(Dialogue.Prompt), .. tokenizer.EncodeAnswer("ok")];
        Assert.Equal(direct, whole);
        int[] learned = [.. answer.Answer.Where((_, t) => answer.Weights![t] != 0)];
        Assert.Equal([.. tokenizer.EncodeAnswer("yo"), .. tokenizer.EncodeAnswer("ok")], learned);
    }

    [Fact]
    public void Turns_AllOnATemplateThatRewritesHistory_IsRefusedWithAReason()
    {
        ShapedRow shaped = new AnsweredConversations().Shape(Dialogue, new ForgetfulTokenizer());

        Assert.Equal("turns-differ", shaped.Reason);
        Assert.NotNull(SkipReasons.Sentence(shaped.Reason!));
    }

    [Fact]
    public void Neftune_OnAMethodThatCompares_IsRefusedByName()
    {
        var section = new TrainingSection { Method = "rrhf", NeftuneAlpha = 5 };

        Assert.Contains("sft, dft", Assert.Single(new TrainingPipelineSection().Validate(section)).Sentence);
        Assert.Empty(new TrainingPipelineSection().Validate(section with { Method = "sft" }));
        Assert.Equal(5, TrainingRecipe.Options(section, 0).NeftuneAlpha);
    }

    private static ShapedRow Shape(FeedbackRow row, string turns) =>
        TrainingMethods.Find("sft")!.Shape(new TrainingSection { Sft = new SftSection { Turns = turns } }).Shape(row, new CharacterTokenizer());

    private static string Learned(TrainingExample example)
    {
        var sequence = example.Sequence(0);
        return Text([.. sequence.Tokens.Where((_, t) => sequence.Scored[t])]);
    }

    private static string Text(int[] tokens) => string.Concat(tokens.Select(t => (char)t));

    /// <summary>A template that leaves the assistant's earlier turns out.</summary>
    private sealed class ForgetfulTokenizer : ITokenizer
    {
        private readonly CharacterTokenizer _inner = new();

        public int VocabularySize => _inner.VocabularySize;

        public int[] Encode(string text) => _inner.Encode(text);

        public string Decode(ReadOnlySpan<int> tokens) => _inner.Decode(tokens);

        public ReadOnlySpan<byte> Bytes(int token) => _inner.Bytes(token);

        public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => _inner.EncodePrompt([.. messages.Where(m => m.Role != "assistant")]);

        public int[] EncodeAnswer(string answer) => _inner.EncodeAnswer(answer);
    }
}
