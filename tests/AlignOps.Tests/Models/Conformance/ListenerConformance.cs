using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Hearing an answer while it is generated.</summary>
public abstract class ListenerConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private static readonly int[] Prompt = [3, 9, 4];

    [Fact]
    public void Generate_WithListener_HearsEveryTokenOnceAndWhatElseWasLikely()
    {
        PolicyConfig config = TinyPolicies.Config("whole-vectors");
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        List<(GenerationRequest Request, Listener Ear)> asked = [.. Enumerable.Range(0, 12).Select(i =>
        {
            var ear = new Listener(int.MaxValue);
            return (new GenerationRequest(Prompt, 20, 1, 1, i) { LikeliestTokens = 5, Listener = ear }, ear);
        })];

        IReadOnlyList<GenerationResult> results = policy.Generate([.. asked.Select(pair => pair.Request)]);

        foreach (((GenerationRequest request, Listener ear), GenerationResult result) in asked.Zip(results))
        {
            Assert.Equal(result.Tokens, ear.Heard.Select(token => token.Token));
            Assert.Equal(result.LogProbabilities.Take(result.Tokens.Length), ear.Heard.Select(token => token.LogProbability));
            Assert.Equal(policy.Generate([request with { Listener = null }])[0].Tokens, result.Tokens);
            for (int at = 0; at < ear.Heard.Count; at++)
            {
                int[] before = [.. Prompt, .. result.Tokens.Take(at)];
                float[] all = [.. policy.Score([.. Enumerable.Range(0, config.VocabSize).Select(token => TokenSequence.PromptAnswer(before, [token]))]).Select(score => score[0])];
                AssertScores(all.OrderDescending().Take(5).Select(score => (double)score), ear.Heard[at].Likeliest.Select(chance => chance.LogProbability));
                AssertScores(ear.Heard[at].Likeliest.Select(chance => (double)all[chance.Token]), ear.Heard[at].Likeliest.Select(chance => chance.LogProbability));
                Assert.Equal(5, ear.Heard[at].Likeliest.Select(chance => chance.Token).Distinct().Count());
            }
        }
    }

    [Fact]
    public void Generate_ListenerHasEnough_EndsThatAnswerAndNoOther()
    {
        PolicyConfig config = TinyPolicies.Config("whole-vectors") with { EosTokenIds = [] };
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        GenerationRequest plain = new(Prompt, 15, 1, 1, 7);
        var ear = new Listener(4);

        IReadOnlyList<GenerationResult> results = policy.Generate([plain with { Listener = ear }, plain, plain with { Seed = 8 }]);

        Assert.Equal((FinishReason.Stop, 4, 4), (results[0].FinishReason, results[0].Tokens.Length, ear.Heard.Count));
        Assert.Equal(results[1].Tokens[..4], results[0].Tokens);
        Assert.All(results.Skip(1), result => Assert.Equal((FinishReason.Length, 15), (result.FinishReason, result.Tokens.Length)));
    }

    private sealed class Listener(int enough) : ITokenListener
    {
        public List<DrawnToken> Heard { get; } = [];

        public bool Hear(DrawnToken token)
        {
            Heard.Add(token);
            return Heard.Count < enough;
        }
    }
}
