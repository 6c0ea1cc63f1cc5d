using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Evaluation.Benchmarks.Closed;

/// <summary>The policy of closed.json: the next byte's logits are 3·sin(0.7p + 1.3v + 0.01pv) where p = (last byte + 31 · the one before) mod 257.</summary>
internal sealed class ByteTrigram : IPolicyModel
{
    private const int Vocabulary = ByteTokenizer.End + 1;

    private readonly double[][] _table = [.. Enumerable.Range(0, Vocabulary).Select(Row)];

    public PolicyConfig Config { get; } = new()
    {
        VocabSize = Vocabulary, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 2,
        MaxPositions = 65, EosTokenIds = [ByteTokenizer.End],
    };

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        foreach (var sequence in sequences)
        {
            PolicyInput.Check(sequence, Config);
        }

        return [.. sequences.Select(s => Enumerable.Range(1, s.Tokens.Length - 1).Where(t => s.Scored[t]).Select(t => (float)_table[(s.Tokens[t - 1] + 31 * (t > 1 ? s.Tokens[t - 2] : 0)) % Vocabulary][s.Tokens[t]]).ToArray())];
    }

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static double[] Row(int previous)
    {
        double[] logits = [.. Enumerable.Range(0, Vocabulary).Select(v => 3 * Math.Sin(0.7 * previous + 1.3 * v + 0.01 * previous * v))];
        var sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => logit - Math.Log(sum))];
    }
}
