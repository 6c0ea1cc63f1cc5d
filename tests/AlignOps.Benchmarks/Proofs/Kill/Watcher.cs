using System.Data.Common;
using AlignOps.Benchmarks.Deployments;
using Dapper;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>Watches a deployment from outside: its tables by reading them over and over, its blobs by the file system's own notices.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly DbConnection _connection;
    private readonly FileSystemWatcher _blobs;
    private readonly Action<Occurrence> _seen;
    private readonly CancellationTokenSource _stop = new();
    private readonly long _since;
    private readonly Lock _turn = new();
    private Dictionary<string, Fact> _before;
    private Task _loop = Task.CompletedTask;
    private volatile string _step = "intake";
    private bool _stopped;

    private Watcher(Deployment deployment, DbConnection connection, Action<Occurrence> seen)
    {
        (_connection, _seen) = (connection, seen);
        _since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 1000;
        _before = [];
        _blobs = new FileSystemWatcher(Path.Combine(deployment.DataFolder, "blobs")) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName };
        _blobs.Renamed += (_, change) => Written(change.Name);
        _blobs.Created += (_, change) => Written(change.Name);
    }

    /// <summary>From now on every change is told to <paramref name="seen"/>, on the thread that saw it.</summary>
    public static async Task<Watcher> StartAsync(Deployment deployment, Action<Occurrence> seen, CancellationToken cancellationToken)
    {
        var watcher = new Watcher(deployment, await OutsideDatabase.OpenAsync(deployment, cancellationToken), seen);
        watcher._before = await watcher.ReadAsync();
        watcher._blobs.EnableRaisingEvents = true;
        watcher._loop = Task.Factory.StartNew(watcher.LoopAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        return watcher;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_turn)
        {
            _stopped = true;
        }

        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _blobs.Dispose();
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var now = await ReadAsync();
            foreach (var (key, fact) in now)
            {
                if (!_before.TryGetValue(key, out var old) || old.State != fact.State)
                {
                    Changed(fact);
                }
            }

            foreach (var (key, fact) in _before)
            {
                if (fact.What == "outbox" && fact.State == "stored" && !now.ContainsKey(key))
                {
                    Changed(fact with { State = "sent" });
                }
            }

            _before = now;
            await Task.Delay(Pause, _stop.Token);
        }
    }

    private void Changed(Fact fact)
    {
        if (fact.What == "run")
        {
            _step = fact.State;
        }

        Tell(fact.What switch
        {
            "run" => new Occurrence($"run is {fact.State}", "pipelines"),
            "batch" => new Occurrence($"batch is {fact.State}", "pipelines"),
            "job" => new Occurrence($"job {fact.Subject} is {fact.State}", fact.Subject.Split('.')[0]),
            "outbox" => new Occurrence($"outbox {fact.Subject} is {fact.State}", RoleMap.Author(fact.Subject)),
            "gate" => new Occurrence($"gate says {fact.State}", "promotion"),
            _ => new Occurrence($"registry: champion by {fact.State}", "promotion"),
        });
    }

    private void Written(string? name)
    {
        if (name is not null && !Path.GetFileName(name).StartsWith('.'))
        {
            Tell(new Occurrence($"blob in {_step}", RoleMap.Worker(_step)));
        }
    }

    private void Tell(Occurrence occurrence)
    {
        lock (_turn)
        {
            if (!_stopped)
            {
                _seen(occurrence);
            }
        }
    }

    private async Task<Dictionary<string, Fact>> ReadAsync() => (await _connection.QueryAsync<Fact>(
        """
        select 'run' as "What", run_id as "Id", '' as "Subject", state as "State" from pipelines_v_runs where started_at >= @since
        union all select 'batch', batch_id, '', state from pipelines_v_batches
        union all select 'job', job_id, kind, state from platform_v_jobs where created_at >= @since
        union all select 'outbox', row_id, entity, case when sent_at is null then 'stored' else 'sent' end from platform_outbox
        union all select 'gate', run_id, '', decision from promotion_v_gates where at >= @since
        union all select 'registry', cast(version as text), '', cause from promotion_v_history where at >= @since
        """,
        new { since = _since })).ToDictionary(fact => $"{fact.What} {fact.Id}");

    private sealed record Fact
    {
        public string What { get; init; } = "";
        public string Id { get; init; } = "";
        public string Subject { get; init; } = "";
        public string State { get; init; } = "";
    }
}
