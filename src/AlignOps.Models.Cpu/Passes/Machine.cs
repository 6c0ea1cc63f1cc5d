using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// The workers of a policy and their scratch memory, for one caller at a time. Tasks are delegates that their owners keep, so that a run allocates nothing.
/// </summary>
internal sealed class Machine
{
    private readonly WorkerPool _pool;
    private readonly Arena[] _scratch;
    private readonly Action<int, int> _dispatch;
    private readonly Action<int, int> _plain;
    private Action<int>? _shared;
    private Action<int, Arena>? _task;
    private Action<int, int, Arena>? _rowTask;
    private GradientTasks? _beside;
    private int _tasks;
    private int _rows;
    private int _block;

    public Machine(WorkerPool pool)
    {
        _pool = pool;
        _scratch = [.. Enumerable.Range(0, pool.Threads).Select(_ => new Arena())];
        (_dispatch, _plain) = (Dispatch, (index, _) => _shared!(index));
    }

    public int Threads => _pool.Threads;

    /// <summary>Floats of scratch that the workers hold.</summary>
    public long Held => _scratch.Sum(scratch => scratch.Held);

    /// <summary>Runs numbered tasks, and beside them sums that are ready; each gets its worker's scratch arena.</summary>
    public void Run(int count, Action<int, Arena> task, GradientTasks? beside = null)
    {
        (_task, _rowTask) = (task, null);
        Run(count, beside);
    }

    /// <summary>Runs a task for each block of at most <paramref name="most"/> rows, (first row, number of rows, scratch), and beside them sums that are ready.</summary>
    public void RunRows(int rows, int most, Action<int, int, Arena> task, GradientTasks? beside = null)
    {
        int block = Math.Min(most, Fair(rows));
        (_task, _rowTask, _rows, _block) = (null, task, rows, block);
        Run((rows + block - 1) / block, beside);
    }

    public void Run(GradientTasks tasks) => Run(0, tasks);

    /// <summary>Runs numbered tasks that need no scratch.</summary>
    public void Share(int count, Action<int> task)
    {
        _shared = task;
        _pool.Run(count, _plain);
        _shared = null;
    }

    /// <summary>A worker's share of some rows, in whole tiles of four.</summary>
    private int Fair(int rows) => Math.Max(4, ((rows + Threads - 1) / Threads + 3) & -4);

    private void Run(int tasks, GradientTasks? beside)
    {
        (_tasks, _beside) = (tasks, beside);
        _pool.Run(tasks + (beside?.Count ?? 0), _dispatch);
    }

    private void Dispatch(int index, int worker)
    {
        Arena scratch = _scratch[worker];
        if (index >= _tasks)
        {
            _beside!.Run(index - _tasks, scratch);
        }
        else if (_rowTask is not null)
        {
            _rowTask(index * _block, Math.Min(_block, _rows - (index * _block)), scratch);
        }
        else
        {
            _task!(index, scratch);
        }
    }
}
