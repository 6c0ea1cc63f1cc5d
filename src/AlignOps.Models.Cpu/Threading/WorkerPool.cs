using System.Runtime.ExceptionServices;

namespace AlignOps.Models.Cpu.Threading;

/// <summary>
/// Runs numbered tasks on the caller and on helper threads of its own, so that a long training never holds the thread pool that a service answers from.
/// A helper spins for a moment after a job, because the next one of a pass follows within microseconds, then sleeps, and ends when nothing comes for a while.
/// Which worker takes a task is chance: tasks must not depend on it. Once its helpers stand, a run allocates nothing.
/// </summary>
internal sealed class WorkerPool
{
    private const int SpinRounds = 400;
    private const int SpinsPerRound = 40;
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Stack<int> _free;
    private Job? _current;
    private Job? _idle;
    private int _helpers;
    private int _sleeping;

    public WorkerPool(int threads)
    {
        Threads = threads;
        _free = new Stack<int>(Enumerable.Range(1, threads - 1));
    }

    public int Threads { get; }

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

        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job();
        job.Open(count, body);
        Interlocked.Exchange(ref _current, job);
        Wake(Math.Min(Threads, count) - 1);
        job.Work(worker: 0);
        Exception? failure = job.Close();
        Interlocked.CompareExchange(ref _current, null, job);
        Volatile.Write(ref _idle, job);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
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
                int worker = _free.Pop();
                new Thread(() => Help(worker)) { IsBackground = true, Name = "alignops-engine" }.Start();
            }
        }
    }

    private void Help(int worker)
    {
        do
        {
            for (int round = 0; round < SpinRounds; round++)
            {
                if (Volatile.Read(ref _current) is { HasWork: true } job)
                {
                    job.Work(worker);
                    round = 0;
                }
                else
                {
                    Thread.SpinWait(SpinsPerRound);
                }
            }
        }
        while (Sleep(worker));
    }

    /// <summary>Waits for a job; false when the helper is to end.</summary>
    private bool Sleep(int worker)
    {
        lock (_gate)
        {
            // Announced before the last look, so that a caller who saw nobody asleep has been seen here.
            Interlocked.Increment(ref _sleeping);
            bool awake = Volatile.Read(ref _current) is { HasWork: true } || Monitor.Wait(_gate, IdleLife);
            _sleeping--;
            if (!awake)
            {
                _helpers--;
                _free.Push(worker);
            }

            return awake;
        }
    }

    /// <summary>
    /// Jobs are used again. A task is taken by counting down what remains, which is zero from a job's end to its next beginning: a helper that comes late
    /// finds nothing, or helps with the next run, and both are right.
    /// </summary>
    private sealed class Job
    {
        private Action<int, int> _body = null!;
        private int _count;
        private int _remaining;
        private int _done;
        private Exception? _failure;

        public bool HasWork => Volatile.Read(ref _remaining) > 0;

        public void Open(int count, Action<int, int> body)
        {
            (_count, _body, _done, _failure) = (count, body, 0, null);
            Volatile.Write(ref _remaining, count);
        }

        public void Work(int worker)
        {
            for (int remaining; (remaining = Volatile.Read(ref _remaining)) > 0;)
            {
                if (Interlocked.CompareExchange(ref _remaining, remaining - 1, remaining) != remaining)
                {
                    continue;
                }

                try
                {
                    _body(_count - remaining, worker);
                }
                catch (Exception failure)
                {
                    Interlocked.CompareExchange(ref _failure, failure, null);
                }

                Interlocked.Increment(ref _done);
            }
        }

        /// <summary>Waits for the last task; then nothing of the run is held any more.</summary>
        public Exception? Close()
        {
            var spin = new SpinWait();
            while (Volatile.Read(ref _done) < _count)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            _body = null!;
            return _failure;
        }
    }
}
