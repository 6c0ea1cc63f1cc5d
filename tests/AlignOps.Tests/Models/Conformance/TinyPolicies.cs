using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Shapes that meet every edge of the kernels, and sequences for them.</summary>
internal static class TinyPolicies
{
    public static PolicyConfig Config(string shape) => shape switch
    {
        "grouped-tied" => Config(vocabulary: 41, hidden: 24, intermediate: 40, layers: 2, heads: 4, keyValueHeads: 2, headDim: 8, tied: true),
        "odd-untied" => Config(vocabulary: 37, hidden: 20, intermediate: 33, layers: 2, heads: 3, keyValueHeads: 1, headDim: 6, tied: false),
        "wide-heads" => Config(vocabulary: 50, hidden: 32, intermediate: 64, layers: 1, heads: 2, keyValueHeads: 2, headDim: 40, tied: false),
        "whole-vectors" => Config(vocabulary: 64, hidden: 64, intermediate: 96, layers: 1, heads: 2, keyValueHeads: 1, headDim: 32, tied: true),
        "biased" => Config(vocabulary: 43, hidden: 20, intermediate: 37, layers: 1, heads: 2, keyValueHeads: 1, headDim: 10, tied: false) with
        {
            AttentionBias = true, MlpBias = true,
        },
        "qwen2" => Config(vocabulary: 40, hidden: 24, intermediate: 33, layers: 2, heads: 4, keyValueHeads: 2, headDim: 6, tied: true) with
        {
            Family = PolicyFamily.Qwen2, SlidingWindow = 9, FirstWindowedLayer = 1,
        },
        "qwen3" => Config(vocabulary: 39, hidden: 24, intermediate: 40, layers: 1, heads: 4, keyValueHeads: 2, headDim: 20, tied: true) with
        {
            Family = PolicyFamily.Qwen3,
        },
        "mistral" => Config(vocabulary: 36, hidden: 32, intermediate: 40, layers: 1, heads: 4, keyValueHeads: 2, headDim: 8, tied: false) with
        {
            Family = PolicyFamily.Mistral, SlidingWindow = 13,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, null),
    };

    public static TheoryData<string> Shapes => ["grouped-tied", "odd-untied", "wide-heads", "whole-vectors", "biased", "qwen2", "qwen3", "mistral"];

    public static PolicyConfig Config(int vocabulary, int hidden, int intermediate, int layers, int heads, int keyValueHeads, int headDim, bool tied) => new()
    {
        VocabSize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = intermediate,
        LayerCount = layers,
        HeadCount = heads,
        KeyValueHeadCount = keyValueHeads,
        HeadDim = headDim,
        MaxPositions = 128,
        TieWordEmbeddings = tied,
        EosTokenIds = [1],
    };

    /// <summary>Sequences of these lengths, about two thirds of their tokens scored.</summary>
    public static List<TokenSequence> Sequences(PolicyConfig config, long seed, params int[] lengths)
    {
        var random = new RandomStream(seed);
        return [.. lengths.Select(length => new TokenSequence(
            [.. Enumerable.Range(0, length).Select(_ => random.NextInt(config.VocabSize))],
            [.. Enumerable.Range(0, length).Select(t => t > 0 && random.NextInt(3) > 0)]))];
    }

    /// <summary>Answers to a few prompts, as preference data has them: sequences that begin alike stand together, some of them equal or within each other.</summary>
    public static List<TokenSequence> Families(PolicyConfig config, long seed, params int[] promptLengths)
    {
        var random = new RandomStream(seed);
        List<TokenSequence> sequences = [];
        foreach (int length in promptLengths)
        {
            int[] prompt = [.. Enumerable.Range(0, length).Select(_ => random.NextInt(config.VocabSize))];
            foreach (int answerLength in (int[])[7, 20, 1, 13])
            {
                sequences.Add(TokenSequence.PromptAnswer(prompt, [.. Enumerable.Range(0, answerLength).Select(_ => random.NextInt(config.VocabSize))]));
            }

            sequences.Add(sequences[^3] with { Scored = [false, .. Enumerable.Repeat(true, sequences[^3].Tokens.Length - 1)] });
        }

        return sequences;
    }

    /// <summary>Prompts of all lengths, some of them twice, greedy and sampled.</summary>
    public static List<GenerationRequest> Requests(PolicyConfig config, int count)
    {
        var random = new RandomStream(77);
        int[] prompt = [];
        return [.. Enumerable.Range(0, count).Select(i => new GenerationRequest(
            prompt = i % 5 is 2 or 3 ? prompt : [.. Enumerable.Range(0, 1 + random.NextInt(i % 9 == 8 ? config.MaxPositions : 20)).Select(_ => random.NextInt(config.VocabSize))],
            MaxNewTokens: random.NextInt(60), Temperature: i % 3 == 0 ? 0 : 1.1, TopP: i % 2 == 0 ? 1 : 0.9, Seed: i))];
    }

    /// <summary>A gradient for every score, of both signs.</summary>
    public static List<float[]> Gradients(IReadOnlyList<float[]> scores, long seed)
    {
        var random = new RandomStream(seed);
        return [.. scores.Select(s => s.Select(_ => (float)random.NextNormal()).ToArray())];
    }
}
