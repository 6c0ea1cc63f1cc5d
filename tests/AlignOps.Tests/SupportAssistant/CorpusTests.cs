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
}
