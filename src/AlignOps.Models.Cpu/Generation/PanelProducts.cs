using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// The products of a projection group over all workers: each takes some panels of the weights, so that a single row reads them with every core.
/// An element's sum is a worker's alone, so it does not depend on how many there are.
/// </summary>
internal sealed unsafe class PanelProducts
{
    /// <summary>Rows that meet a worker's panels at a time, where a prompt brings many.</summary>
    private const int RowBlock = 96;
    private const int TasksPerWorker = 4;
    private const int StripsOfPanel = Matrix.Lane / PackedMatrix.Strip;

    private readonly Machine _machine;
    private readonly Action<int, Arena> _task;
    private readonly Matrix[] _outputs = new Matrix[3];
    private ProjectionGroup _group = null!;
    private Matrix _x;
    private Matrix _gated;
    private Matrix _shared;
    private bool _add;
    private int _panels;
    private int _parts;

    public PanelProducts(Machine machine)
    {
        _machine = machine;
        _task = Task;
    }

    /// <summary>y of each member, as <see cref="ProjectionGroup.Forward"/> has it.</summary>
    /// <param name="gated">Receives silu of the first output times the second, where it is not empty.</param>
    public void Run(ProjectionGroup group, Matrix x, ReadOnlySpan<Matrix> outputs, Matrix shared, bool add = false, Matrix gated = default)
    {
        if (group.AdapterWidth > 0)
        {
            group.ToAdapters(x, shared);
        }

        (_group, _x, _shared, _add, _gated) = (group, x, shared, add, gated);
        outputs.CopyTo(_outputs);
        _panels = gated.IsEmpty ? group.Members.Sum(Panels) : Panels(group.Members[0]);
        _parts = _machine.Threads == 1 ? 1 : Math.Min(_panels, TasksPerWorker * _machine.Threads);
        _machine.Run(_parts * ((x.Rows + RowBlock - 1) / RowBlock), _task);
    }

    private void Task(int task, Arena scratch)
    {
        int part = task % _parts, row = task / _parts * RowBlock, rows = Math.Min(RowBlock, _x.Rows - row);
        int first = (int)((long)_panels * part / _parts), end = (int)((long)_panels * (part + 1) / _parts), before = 0;
        for (int member = 0; member < _group.Members.Length; member++)
        {
            int panels = Panels(_group.Members[member]);
            int from = Math.Max(first - before, 0), to = Math.Min(end - before, panels);
            if (from < to)
            {
                _group.Forward(member, from * StripsOfPanel, (to - from) * StripsOfPanel, _x.Slice(row, rows), _outputs[member].Slice(row, rows), _shared.IsEmpty ? default : _shared.Slice(row, rows), _add);
            }

            // Panels of members whose outputs meet are taken side by side, those of others one after the other.
            before += _gated.IsEmpty ? panels : 0;
        }

        for (int i = 0; i < rows && !_gated.IsEmpty; i++)
        {
            Elementwise.SwiGlu(Part(_outputs[0], row + i, first, end), Part(_outputs[1], row + i, first, end), Part(_gated, row + i, first, end));
        }
    }

    private static int Panels(LinearLayer member) => member.Forward.Strips / StripsOfPanel;

    private static Matrix Part(Matrix matrix, int row, int firstPanel, int endPanel)
    {
        int width = (endPanel - firstPanel) * Matrix.Lane;
        return new Matrix(matrix.Row(row) + (firstPanel * Matrix.Lane), 1, width, width);
    }
}
