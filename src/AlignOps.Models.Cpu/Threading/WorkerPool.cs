namespace AlignOps.Models.Cpu.Threading;

/// <summary>
/// Runs numbered tasks on the caller and on helpers from the thread pool. A helper lingers for a moment after a job, because the next one of a pass
/// follows within microseconds. Which worker takes a task is chance: tasks must not depend on it.
/// </summary>
internal sealed class WorkerPool(int threads)
{
    private const int LingerRounds = 400;
    private const int SpinsPerRound = 40;

    private Job? _current;
    private int _helpers;

    public int Threads { get; } = threads;

    /// <summary>Calls <paramref name="body"/>(task, worker) for each task below <paramref name="count"/>; workers are numbered below <see cref="Threads"/>.</summary>
    public void Run(int count, Action<int, int> body)
    {
        if (Threads == 1 || count <= 1)
        {
            for (int task = 0; task < count; task++)
            {
                body(task, 0);
            }

            return;
        }

        var job = new Job(count, Threads, body);
        Volatile.Write(ref _current, job);
        for (int wanted = Math.Min(Threads, count) - 1; Volatile.Read(ref _helpers) < wanted;)
        {
            Interlocked.Increment(ref _helpers);
            ThreadPool.UnsafeQueueUserWorkItem(static pool => pool.Help(), this, preferLocal: false);
        }

        job.Work();
        job.Wait();
        Interlocked.CompareExchange(ref _current, null, job);
    }

    private void Help()
    {
        Job? last = null;
        for (int round = 0; round < LingerRounds; round++)
        {
            Job? job = Volatile.Read(ref _current);
            if (job is not null && job != last)
            {
                job.Work();
                last = job;
                round = 0;
            }
            else
            {
                Thread.SpinWait(SpinsPerRound);
            }
        }

        Interlocked.Decrement(ref _helpers);
    }

    private sealed class Job(int count, int threads, Action<int, int> body)
    {
        private int _entered;
        private int _next;
        private int _done;
        private Exception? _failure;

        public void Work()
        {
            int worker = Interlocked.Increment(ref _entered) - 1;
            if (worker >= threads)
            {
                return;
            }

            for (int task; (task = Interlocked.Increment(ref _next) - 1) < count;)
            {
                try
                {
                    body(task, worker);
                }
                catch (Exception failure)
                {
                    Interlocked.CompareExchange(ref _failure, failure, null);
                }

                Interlocked.Increment(ref _done);
            }
        }

        public void Wait()
        {
            var spin = new SpinWait();
            while (Volatile.Read(ref _done) < count)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            if (_failure is not null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
            }
        }
    }
}
