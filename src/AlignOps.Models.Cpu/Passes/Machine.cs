using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>The workers of a policy and the memory they use; kept between calls, so that a call of a size seen before allocates nothing large.</summary>
internal sealed class Machine(WorkerPool pool)
{
    private readonly Stack<Arena> _arenas = [];
    private readonly Arena[] _scratch = [.. Enumerable.Range(0, pool.Threads).Select(_ => new Arena())];

    public int Threads => pool.Threads;

    public Arena RentArena() => _arenas.TryPop(out Arena? arena) ? arena : new Arena();

    public void Return(Arena arena)
    {
        arena.Reset();
        _arenas.Push(arena);
    }

    /// <summary>Lets go of memory that no call is using.</summary>
    public void Release() => _arenas.Clear();

    /// <summary>Runs numbered tasks; each gets its worker's scratch arena.</summary>
    public void Run(int count, Action<int, Arena> task) => pool.Run(count, (index, worker) => task(index, _scratch[worker]));

    /// <summary>Runs a task for each block of <paramref name="block"/> rows: (first row, number of rows, scratch).</summary>
    public void RunRows(int rows, int block, Action<int, int, Arena> task) =>
        Run((rows + block - 1) / block, (index, scratch) => task(index * block, Math.Min(block, rows - (index * block)), scratch));

    public void Run(GradientTasks tasks) => Run(tasks.Count, tasks.Run);
}
