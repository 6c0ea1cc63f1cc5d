using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>
/// The noise of training for the rows of a batch, drawn on the host as every engine draws it (<see cref="TrainingNoise"/>): padding and sequences without noise have none.
/// </summary>
internal sealed class BatchNoise(IReadOnlyList<TokenSequence> sequences, PaddedBatch batch, PassOptions options, PolicyConfig config, double dropout, Placement placement)
{
    private readonly bool _isNoisy = batch.Members.Any(member => sequences[member].Noise is not null);

    /// <summary>NEFTune (Jain et al. 2023) [sequences, rows, hidden]; null where there is none.</summary>
    public torch.Tensor? Embeddings() => !_isNoisy || options.NeftuneAlpha == 0 ? null : Draw(config.HiddenSize, absent: 0, (sequence, noise, position, row) =>
    {
        ulong stream = TrainingNoise.Stream(noise, TrainingNoise.Embedding, position);
        var amplitude = (float)(options.NeftuneAlpha / Math.Sqrt((double)sequence.Tokens.Length * config.HiddenSize));
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = amplitude * TrainingNoise.Uniform(stream, i);
        }
    });

    /// <summary>What an adapter's input [sequences, rows, <paramref name="width"/>] is multiplied by; null where nothing is dropped.</summary>
    public torch.Tensor? Mask(int layer, AdapterInput input, int width) => !_isNoisy || dropout == 0 ? null : Draw(width, absent: 1, (_, noise, position, row) =>
    {
        ulong stream = TrainingNoise.Stream(noise, TrainingNoise.Input(layer, input), position);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = TrainingNoise.Keep(stream, i, dropout);
        }
    });

    private torch.Tensor Draw(int width, float absent, DrawRow draw)
    {
        var values = new float[batch.Members.Count * batch.Rows * width];
        Array.Fill(values, absent);
        Parallel.For(0, batch.Members.Count * batch.Rows, at =>
        {
            (int line, int position) = Math.DivRem(at, batch.Rows);
            TokenSequence sequence = sequences[batch.Members[line]];
            if (sequence.Noise is { } noise && position < sequence.Tokens.Length)
            {
                draw(sequence, noise, position, values.AsSpan(at * width, width));
            }
        });
        return placement.Place(values, [batch.Members.Count, batch.Rows, width]);
    }

    private delegate void DrawRow(TokenSequence sequence, long noise, int position, Span<float> row);
}
