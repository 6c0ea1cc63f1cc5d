using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>The decoder over a batch of rows, from embeddings to the residual stream before the final norm. Laid out anew for each call.</summary>
internal sealed class ForwardRun
{
    /// <summary>Rows that a worker carries through a block at a time; a choice of speed only.</summary>
    public const int RowBlock = 48;

    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly Action<int, int, Arena> _begin;
    private readonly Action<int, Arena> _attend;
    private readonly Action<int, int, Arena> _goOn;
    private int _layer;

    public ForwardRun(DecoderModel model, Machine machine, RowBatch batch)
    {
        (_model, _machine, Batch) = (model, machine, batch);
        Attention = new AttentionPass(model.Config, batch);
        Layers = new LayerRows[model.Layers.Count];
        (_begin, _attend, _goOn) = (Begin, Attend, GoOn);
    }

    public RowBatch Batch { get; }

    public AttentionPass Attention { get; }

    public LayerRows[] Layers { get; }

    /// <summary>The residual stream after the last block, [rows, hidden].</summary>
    public Matrix Output => Layers[^1].Output;

    /// <param name="keep">Whether backward will follow: then every block's rows are kept, otherwise all blocks use the same.</param>
    public void Lay(Arena arena, bool keep)
    {
        Matrix input = arena.Rent(Batch.Rows, _model.Config.HiddenSize);
        for (int layer = 0; layer < Layers.Length; layer++)
        {
            Matrix middle = keep ? arena.Rent(Batch.Rows, input.Width) : input;
            Matrix output = keep ? arena.Rent(Batch.Rows, input.Width) : input;
            Layers[layer] = keep || layer == 0 ? LayerRows.Rent(arena, _model.Config, _model.Layers[layer], input, middle, output) : Layers[0];
            input = output;
        }
    }

    public void Run()
    {
        _machine.RunRows(Batch.Rows, RowBlock, _begin);
        for (_layer = 0; _layer < Layers.Length; _layer++)
        {
            _machine.Run(Attention.Tasks, _attend);
            _machine.RunRows(Batch.Rows, RowBlock, _goOn);
        }
    }

    /// <summary>The dropout before the adapters of a block, from a row on.</summary>
    public RowDropout DropoutOf(int layer, int first) => new(Batch, _model.Dropout, layer, first);

    private void Begin(int first, int rows, Arena scratch)
    {
        BlockForward.Embed(_model, Batch.Tokens.Slice(first, rows), Layers[0].Input.Slice(first, rows));
        BlockForward.Disturb(Batch, first, Layers[0].Input.Slice(first, rows));
        Before(0, first, rows, scratch);
    }

    private void Attend(int task, Arena scratch) => Attention.Forward(task, Layers[_layer], _model.Layers[_layer].Window, scratch);

    private void GoOn(int first, int rows, Arena scratch)
    {
        BlockForward.AfterAttention(_model, _model.Layers[_layer], Layers[_layer].Slice(first, rows, _model.Config.HeadCount), scratch, DropoutOf(_layer, first));
        if (_layer + 1 < Layers.Length)
        {
            Before(_layer + 1, first, rows, scratch);
        }
    }

    private void Before(int layer, int first, int rows, Arena scratch) => BlockForward.BeforeAttention(
        _model, _model.Layers[layer], Layers[layer].Slice(first, rows, _model.Config.HeadCount), Batch.Positions.Slice(first, rows), scratch, DropoutOf(layer, first));
}
