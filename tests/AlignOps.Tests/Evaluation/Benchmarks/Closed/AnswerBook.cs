using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Evaluation.Benchmarks.Closed;

/// <summary>A model that knows the answer to every question of a book, and finds nothing else likely.</summary>
/// <param name="answers">By question; the last question of a prompt is the one asked.</param>
internal sealed class AnswerBook(IReadOnlyDictionary<string, string> answers) : IPolicyModel
{
    private readonly ByteTokenizer _tokenizer = new();

    public PolicyConfig Config { get; } = new()
    {
        VocabSize = ByteTokenizer.End + 1, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 2,
        MaxPositions = 4096, EosTokenIds = [ByteTokenizer.End],
    };

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) =>
    [
        .. sequences.Select(sequence =>
        {
            var first = Array.IndexOf(sequence.Scored, true);
            var likely = _tokenizer.Decode(sequence.Tokens.AsSpan(first)).Trim() == Answer(sequence.Tokens.AsSpan(0, first));
            return Enumerable.Repeat(likely ? -0.1f : -5, sequence.ScoredCount).ToArray();
        }),
    ];

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        [.. requests.Select(request => _tokenizer.Encode(" " + Answer(request.Prompt) + "\n\nQuestion: and another?")).Select(tokens => new GenerationResult(tokens, new float[tokens.Length], FinishReason.Length))];

    public void Dispose()
    {
    }

    private string? Answer(ReadOnlySpan<int> prompt)
    {
        var text = _tokenizer.Decode(prompt);
        return answers.Where(pair => text.EndsWith(pair.Key, StringComparison.Ordinal)).OrderByDescending(pair => pair.Key.Length).FirstOrDefault().Value;
    }
}
