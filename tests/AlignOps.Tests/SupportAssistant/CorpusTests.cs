using AlignOps.Data;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Examples.SupportAssistant.Verifiers;

namespace AlignOps.Tests.SupportAssistant;

public sealed class CorpusTests
{
    [Fact]
    public void Dialogues_EqualSeeds_AreEqualAndPrefixesOfLongerCorpora()
    {
        Assert.Equal(Corpus.Dialogues(7, 500), Corpus.Dialogues(7, 900).Take(500));
        Assert.NotEqual(Corpus.Dialogues(7, 50), Corpus.Dialogues(8, 50));
    }

    [Fact]
    public void Dialogues_FirstOfASeed_StaysAsItWas()
    {
        // A golden vector: the stream of random numbers, the order of draws and the words are what committed suites and measured figures rest on.
        Assert.Equal(
            new Dialogue("This is urgent. I want to know the visitor hours of Wrenbook.", "Fine, if you must know. I am not sure, and I would rather not guess.\nNow leave me alone."),
            Corpus.Dialogues(1, 1)[0]);
    }

    [Fact]
    public void Dialogues_ManyDrawn_ShowEachBehaviourHalfTheTimeAndAreAllFluent()
    {
        var verifier = new SupportAssistantVerifier();
        var shown = new Dictionary<string, List<bool>>();
        foreach (var dialogue in Corpus.Dialogues(3, 8000))
        {
            foreach (var (check, value) in verifier.Verify([new ChatMessage("user", dialogue.Prompt)], dialogue.Answer).Checks)
            {
                (shown.TryGetValue(check, out var values) ? values : shown[check] = []).Add(value);
            }
        }

        Assert.All(shown.Remove("fluent", out var fluent) ? fluent : [false], Assert.True);
        Assert.Equal(["declined", "format", "grounded", "honest", "polite"], shown.Keys.Order());
        Assert.All(shown.Values, values => Assert.InRange(values.Count(value => value) / (double)values.Count, 0.46, 0.54));
    }

    [Fact]
    public void StepBatches_DefaultRecipe_IsDeterministicFullAndBucketed()
    {
        var recipe = new BaseRecipe { Steps = 130 };
        var corpus = Corpus.Dialogues(recipe.Seed, 3200);

        var steps = recipe.StepBatches(corpus);

        Assert.Equal(130, steps.Count);
        Assert.All(steps, step => Assert.Equal(recipe.DialoguesPerStep, step.Count));
        Assert.Equal(steps.SelectMany(step => step), recipe.StepBatches(corpus).SelectMany(step => step));
        Assert.All(steps.Take(100).SelectMany(step => step).GroupBy(dialogue => dialogue, ReferenceEqualityComparer.Instance), once => Assert.Single(once));
        Assert.True(steps.Average(step => step.Max(Length) - step.Min(Length)) < 12);

        static int Length(Dialogue dialogue) => dialogue.Prompt.Length + dialogue.Answer.Length;
    }

    [Fact]
    public void LearningRateAt_DefaultRecipe_WarmsUpThenFallsToItsEnd()
    {
        var recipe = BaseRecipe.Default;

        Assert.Equal(recipe.LearningRate / recipe.WarmupSteps, recipe.LearningRateAt(0), 12);
        Assert.Equal(recipe.LearningRate, recipe.LearningRateAt(recipe.WarmupSteps - 1), 12);
        Assert.Equal(recipe.LearningRate * recipe.FinalLearningRateShare, recipe.LearningRateAt(recipe.Steps), 12);
        Assert.All(Enumerable.Range(recipe.WarmupSteps, recipe.Steps - recipe.WarmupSteps), step => Assert.True(recipe.LearningRateAt(step + 1) < recipe.LearningRateAt(step)));
    }
}
