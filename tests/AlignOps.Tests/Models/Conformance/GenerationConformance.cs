using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Generation with a cache against scoring without, and what stands in a call against what stands alone.</summary>
public abstract class GenerationConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Score_AloneOrInCompany_GivesTheSame(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        List<TokenSequence> sequences = [.. TinyPolicies.Sequences(config, 22, 31, 5, 128, 64, 13, 2, 97, 40), .. TinyPolicies.Families(config, 23, 5, 14)];

        IReadOnlyList<float[]> together = policy.Score(sequences);

        AssertScores(together, [.. sequences.SelectMany(sequence => policy.Score([sequence]))]);
        AssertScores([.. together.Reverse()], policy.Score([.. Enumerable.Reverse(sequences)]));
        using IForwardPass pass = policy.Forward(sequences);
        AssertScores(together, pass.LogProbabilities);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Generate_AloneOrInCompany_GivesTheSameTokens(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        List<GenerationRequest> requests = TinyPolicies.Requests(config, 20);

        IReadOnlyList<GenerationResult> together = policy.Generate(requests);

        foreach ((GenerationRequest request, GenerationResult result) in requests.Zip(together))
        {
            GenerationResult alone = policy.Generate([request])[0];
            Assert.Equal(alone.Tokens, result.Tokens);
            Assert.Equal(alone.FinishReason, result.FinishReason);
            AssertScores([alone.LogProbabilities], [result.LogProbabilities]);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Generate_WithCache_EqualsScoringWithout(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        List<GenerationRequest> requests = TinyPolicies.Requests(config, 25);

        foreach ((GenerationRequest request, GenerationResult result) in requests.Zip(policy.Generate(requests)))
        {
            int[] answer = result.FinishReason == FinishReason.Stop ? [.. result.Tokens, config.EosTokenIds[0]] : result.Tokens;
            Assert.True(result.FinishReason == FinishReason.Stop || answer.Length == PolicyInput.Limit(request, config));
            AssertScores(answer.Length == 0 ? [[]] : policy.Score([TokenSequence.PromptAnswer(request.Prompt, answer)]), [result.LogProbabilities]);
        }
    }

    [Fact]
    public void Generate_Greedy_TakesTheMostLikelyToken()
    {
        PolicyConfig config = TinyPolicies.Config("whole-vectors");
        using ITrainablePolicy policy = Engine.Create(config, seed: 6);
        int[] prompt = [3, 9, 4];

        GenerationResult result = policy.Generate([new GenerationRequest(prompt, 6, 0, 1, 0)])[0];

        List<int> tokens = [.. prompt];
        for (int i = 0; i < result.LogProbabilities.Length; i++)
        {
            float[] scores = [.. policy.Score([.. Enumerable.Range(0, config.VocabSize).Select(token => TokenSequence.PromptAnswer(tokens.ToArray(), [token]))]).Select(s => s[0])];
            int best = Array.IndexOf(scores, scores.Max());
            Assert.Equal(i < result.Tokens.Length ? result.Tokens[i] : config.EosTokenIds[0], best);
            tokens.Add(best);
        }
    }

    [Fact]
    public void Generate_SeedsApart_DrawDifferentAnswers()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied") with { EosTokenIds = [] };
        using ITrainablePolicy policy = Engine.Create(config, seed: 4);
        GenerationRequest[] requests = [.. new long[] { 1, 2, 1 }.Select(seed => new GenerationRequest([5, 6], 20, 1, 1, seed))];

        IReadOnlyList<GenerationResult> results = policy.Generate(requests);

        Assert.Equal(results[0].Tokens, results[2].Tokens);
        Assert.NotEqual(results[0].Tokens, results[1].Tokens);
    }
}
