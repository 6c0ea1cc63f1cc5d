using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.HeldOut;

/// <summary>Lets a model score held-out pairs, a chunk at a time.</summary>
internal sealed class PairScorer(IPolicyModel model, ITokenizer tokenizer)
{
    private const int ChunkSize = 8;

    public IReadOnlyList<PairScore> Score(IReadOnlyList<HeldOutPair> pairs, CancellationToken cancellationToken)
    {
        var scores = new List<PairScore>(pairs.Count);
        foreach (var chunk in pairs.Chunk(ChunkSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sequences = chunk.Select(pair => (Liked: Sequence(pair.Liked), Disliked: pair.Disliked is { } disliked ? Sequence(disliked) : null)).ToArray();
            var asked = sequences.Where(Fits).SelectMany(one => one.Disliked is { } disliked ? new[] { one.Liked, disliked } : [one.Liked]).ToArray();
            var means = new Queue<double>(model.Score(asked).Select(logs => logs.Average(log => (double)log)));
            scores.AddRange(sequences.Select(one => Fits(one)
                ? new PairScore(means.Dequeue(), one.Disliked is null ? 0 : means.Dequeue())
                : new PairScore(0, 0, $"The conversation is longer than the model's {model.Config.MaxPositions} positions.")));
        }

        return scores;
    }

    private TokenSequence Sequence(HeldOutAnswer answer) => TokenSequence.PromptAnswer(tokenizer.EncodePrompt(answer.Prompt), tokenizer.EncodeAnswer(answer.Text));

    private bool Fits((TokenSequence Liked, TokenSequence? Disliked) one) => Math.Max(one.Liked.Tokens.Length, one.Disliked?.Tokens.Length ?? 0) <= model.Config.MaxPositions;
}
