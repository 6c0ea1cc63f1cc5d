using System.Text;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Synthesis;

/// <summary>A policy over a few words: it draws up to four of them from the request's own stream. Tokens are characters.</summary>
internal sealed class SpokenPolicy(params string[] words) : IPolicyModel
{
    public PolicyConfig Config { get; } = new()
    {
        VocabSize = 128, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 1, MaxPositions = 64,
    };

    public List<int> CallSizes { get; } = [];

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => throw new NotSupportedException("Synthesis does not score.");

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        CallSizes.Add(requests.Count);
        return [.. requests.Select(Answer)];
    }

    public void Dispose()
    {
    }

    private GenerationResult Answer(GenerationRequest request)
    {
        var random = new RandomStream(request.Seed);
        var text = new StringBuilder();
        int count = 1 + random.NextInt(4);
        for (int i = 0; i < count; i++)
        {
            text.Append(text.Length > 0 ? " " : "").Append(words[random.NextInt(words.Length)]);
        }

        int[] tokens = [.. text.ToString().Select(c => (int)c).Take(request.MaxNewTokens)];
        return new GenerationResult(tokens, new float[tokens.Length], text.Length > request.MaxNewTokens ? FinishReason.Length : FinishReason.Stop);
    }
}
