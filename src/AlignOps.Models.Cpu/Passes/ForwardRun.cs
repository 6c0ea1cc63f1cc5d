using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>The decoder over a batch of rows, from embeddings to the residual stream before the final norm.</summary>
internal sealed class ForwardRun
{
    /// <summary>Rows that a worker carries through a block at a time; a choice of speed only.</summary>
    public const int RowBlock = 96;

    private readonly DecoderModel _model;
    private readonly Machine _machine;

    /// <param name="keep">Whether backward will follow: then every block's rows are kept, otherwise all blocks use the same.</param>
    public ForwardRun(DecoderModel model, RowBatch batch, Machine machine, Arena arena, bool keep)
    {
        (_model, _machine, Batch) = (model, machine, batch);
        Attention = new AttentionPass(model.Config, batch);
        Layers = new LayerRows[model.Layers.Count];
        Matrix input = arena.Rent(batch.Rows, model.Config.HiddenSize);
        for (int layer = 0; layer < Layers.Length; layer++)
        {
            Matrix middle = keep ? arena.Rent(batch.Rows, input.Width) : input;
            Matrix output = keep ? arena.Rent(batch.Rows, input.Width) : input;
            Layers[layer] = keep || layer == 0 ? LayerRows.Rent(arena, model.Config, model.Layers[layer], input, middle, output) : Layers[0];
            input = output;
        }
    }

    public RowBatch Batch { get; }

    public AttentionPass Attention { get; }

    public LayerRows[] Layers { get; }

    /// <summary>The residual stream after the last block, [rows, hidden].</summary>
    public Matrix Output => Layers[^1].Output;

    public void Run()
    {
        int heads = _model.Config.HeadCount;
        _machine.RunRows(Batch.Rows, RowBlock, (first, rows, scratch) =>
        {
            BlockForward.Embed(_model, Batch.Tokens.AsSpan(first, rows), Layers[0].Input.Slice(first, rows));
            BlockForward.BeforeAttention(_model, _model.Layers[0], Layers[0].Slice(first, rows, heads), Batch.Positions.AsSpan(first, rows), scratch);
        });

        for (int index = 0; index < Layers.Length; index++)
        {
            int layer = index;
            _machine.Run(Attention.Tasks, (task, scratch) => Attention.Forward(task, Layers[layer], scratch));
            _machine.RunRows(Batch.Rows, RowBlock, (first, rows, scratch) =>
            {
                BlockForward.AfterAttention(_model, _model.Layers[layer], Layers[layer].Slice(first, rows, heads), scratch);
                if (layer + 1 < Layers.Length)
                {
                    BlockForward.BeforeAttention(
                        _model, _model.Layers[layer + 1], Layers[layer + 1].Slice(first, rows, heads), Batch.Positions.AsSpan(first, rows), scratch);
                }
            });
        }
    }
}
