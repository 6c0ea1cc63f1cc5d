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
    private readonly Action<int, int, Arena> _again;
    private readonly Action<int, int, Arena> _middleAgain;
    private Matrix _middle;
    private int _layer;

    public ForwardRun(DecoderModel model, Machine machine, RowBatch batch)
    {
        (_model, _machine, Batch) = (model, machine, batch);
        Attention = new AttentionPass(model.Config, batch);
        Layers = new LayerRows[model.Layers.Count];
        (_begin, _attend, _goOn) = (Begin, Attend, GoOn);
        (_again, _middleAgain) = ((first, rows, scratch) => Before(_layer, first, rows, scratch), MiddleAgain);
    }

    public RowBatch Batch { get; }

    public AttentionPass Attention { get; }

    public LayerRows[] Layers { get; }

    /// <summary>The residual stream after the last block, [rows, hidden].</summary>
    public Matrix Output => Layers[^1].Output;

    /// <summary>Blocks keep their input alone and are run again in backward.</summary>
    public bool Recomputes { get; private set; }

    /// <param name="keep">Whether backward will follow: then every block's rows are kept, otherwise all blocks use the same.</param>
    /// <param name="recomputes">Keeps every block's input alone.</param>
    public void Lay(Arena arena, bool keep, bool recomputes)
    {
        Recomputes = keep && recomputes;
        bool shares = !keep || recomputes;
        Matrix input = arena.Rent(Batch.Rows, _model.Config.HiddenSize);
        _middle = Recomputes ? arena.Rent(Batch.Rows, input.Width) : default;
        for (int layer = 0; layer < Layers.Length; layer++)
        {
            Matrix output = keep ? arena.Rent(Batch.Rows, input.Width) : input;
            Matrix middle = shares ? output : arena.Rent(Batch.Rows, input.Width);
            Layers[layer] = !shares || layer == 0
                ? LayerRows.Rent(arena, _model.Config, _model.Layers[layer], input, middle, output)
                : Layers[0] with { Input = input, Middle = middle, Output = output, Shared = GroupProducts.Rent(arena, _model.Layers[layer], Batch.Rows) };
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

    /// <summary>Finds again, from a block's input and to the same bits, what its backward needs. The rows of the block before are then gone.</summary>
    public void Again(int layer)
    {
        _layer = layer;
        Layers[layer] = Layers[layer] with { Middle = _middle };
        _machine.RunRows(Batch.Rows, RowBlock, _again);
        _machine.Run(Attention.Tasks, _attend);
        _machine.RunRows(Batch.Rows, RowBlock, _middleAgain);
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

    private void MiddleAgain(int first, int rows, Arena scratch) =>
        BlockForward.MiddleAgain(_model, _model.Layers[_layer], Layers[_layer].Slice(first, rows, _model.Config.HeadCount), scratch, DropoutOf(_layer, first));

    private void Before(int layer, int first, int rows, Arena scratch) => BlockForward.BeforeAttention(
        _model, _model.Layers[layer], Layers[layer].Slice(first, rows, _model.Config.HeadCount), Batch.Positions.Slice(first, rows), scratch, DropoutOf(layer, first));
}
