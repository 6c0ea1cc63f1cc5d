using System.Runtime.CompilerServices;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Tests.ModelsCpu;

public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Run_ManyJobs_RunsEachTaskOnceOnAKnownWorker(int threads)
    {
        var pool = new WorkerPool(threads);
        for (int count = 0; count < 200; count++)
        {
            var runs = new int[count];
            pool.Run(count, (task, worker) =>
            {
                Assert.InRange(worker, 0, threads - 1);
                Interlocked.Increment(ref runs[task]);
            });
            Assert.All(runs, n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void Run_WorkersOfAJob_AreNeverShared()
    {
        var pool = new WorkerPool(4);
        var busy = new int[4];
        for (int job = 0; job < 100; job++)
        {
            pool.Run(16, (_, worker) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref busy[worker]));
                Thread.SpinWait(50);
                Interlocked.Decrement(ref busy[worker]);
            });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_TaskThrows_ThrowsToTheCallerAndGoesOn(int threads)
    {
        var pool = new WorkerPool(threads);
        Assert.Throws<InvalidOperationException>(() => pool.Run(20, (task, _) =>
        {
            if (task == 11)
            {
                throw new InvalidOperationException();
            }
        }));

        int runs = 0;
        pool.Run(20, (_, _) => Interlocked.Increment(ref runs));
        Assert.Equal(20, runs);
    }

    [Fact]
    public async Task Run_SeveralCallers_AllFinish()
    {
        var pool = new WorkerPool(2);
        int runs = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int job = 0; job < 50; job++)
            {
                pool.Run(8, (_, _) => Interlocked.Increment(ref runs));
            }
        })));
        Assert.Equal(4 * 50 * 8, runs);
    }

    /// <summary>A policy that is let go must not live on in the pool that the engine keeps.</summary>
    [Fact]
    public void Run_Done_HoldsNothingOfIt()
    {
        var pool = new WorkerPool(2);
        WeakReference work = Work(pool);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(work.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Work(WorkerPool pool)
        {
            var counts = new int[8];
            pool.Run(8, (task, _) => counts[task]++);
            return new WeakReference(counts);
        }
    }
}
