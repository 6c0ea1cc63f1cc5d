namespace AlignOps.Models.Cpu.Threading;

/// <summary>
/// Runs numbered tasks on the caller and on helper threads of its own, so that a long training never holds the thread pool that a service answers from.
/// A helper spins for a moment after a job, because the next one of a pass follows within microseconds, then sleeps, and ends when nothing comes for a while.
/// Which worker takes a task is chance: tasks must not depend on it.
/// </summary>
internal sealed class WorkerPool(int threads)
{
    private const int SpinRounds = 400;
    private const int SpinsPerRound = 40;
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private Job? _current;
    private int _helpers;
    private int _sleeping;

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
        Interlocked.Exchange(ref _current, job);
        Wake(Math.Min(Threads, count) - 1);
        job.Work();
        job.Wait();
        Interlocked.CompareExchange(ref _current, null, job);
    }

    private void Wake(int wanted)
    {
        if (Volatile.Read(ref _sleeping) == 0 && Volatile.Read(ref _helpers) >= wanted)
        {
            return;
        }

        lock (_gate)
        {
            Monitor.PulseAll(_gate);
            for (; _helpers < wanted; _helpers++)
            {
                new Thread(Help) { IsBackground = true, Name = "alignops-engine" }.Start();
            }
        }
    }

    private void Help()
    {
        Job? last = null;
        do
        {
            for (int round = 0; round < SpinRounds; round++)
            {
                if (Volatile.Read(ref _current) is { } job && job != last)
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
        }
        while (Sleep(last));
    }

    /// <summary>Waits for a job other than the last; false when the helper is to end.</summary>
    private bool Sleep(Job? last)
    {
        lock (_gate)
        {
            // Announced before the last look, so that a caller who saw nobody asleep has been seen here.
            Interlocked.Increment(ref _sleeping);
            bool awake = (Volatile.Read(ref _current) is { } job && job != last) || Monitor.Wait(_gate, IdleLife);
            _sleeping--;
            _helpers -= awake ? 0 : 1;
            return awake;
        }
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
