using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using AlignOps.Platform.Storage;
using Quartz;

namespace AlignOps.Pipelines.Schedules;

/// <summary>
/// Quartz with a persistent store. A schedule lives in the database: it survives restarts, a firing missed while the process was down is made good
/// once at the next start, and on PostgreSQL several processes share it. Quartz reads the time from the clock it is given but waits in real time,
/// so a driven clock is noticed within <paramref name="poll"/>.
/// </summary>
internal sealed partial class PipelineScheduler(
    SchedulerStore store,
    IScheduleFiring firing,
    TimeProvider clock,
    TimeSpan poll,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private const string Group = "pipelines";

    /// <summary>A firing noticed later than this is a misfire: it runs once, now, and stands for the latest planned time.</summary>
    private static readonly TimeSpan MisfireThreshold = TimeSpan.FromHours(1);

    private readonly ILogger _logger = loggers.CreateLogger<PipelineScheduler>();
    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    public async Task StartAsync(IReadOnlyDictionary<string, ScheduleSection?> schedules, CancellationToken cancellationToken)
    {
        _factory = QuartzSchedulerBuilder.Create(Configure).Build();
        _scheduler = await _factory.GetScheduler(cancellationToken);
        await ApplyAsync(schedules, cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    /// <summary>
    /// Brings the stored schedules in line with the definitions: new ones are added, changed ones start over from now, and those no longer asked for are
    /// deleted. One that has not changed is left alone, with the firing it may have missed; so is one whose definition cannot be read now (null).
    /// </summary>
    public async Task ApplyAsync(IReadOnlyDictionary<string, ScheduleSection?> schedules, CancellationToken cancellationToken)
    {
        var scheduler = _scheduler ?? throw new InvalidOperationException("The scheduler has not been started.");
        foreach (var (pipeline, schedule) in schedules)
        {
            if (schedule?.Cron is { } cron)
            {
                await ApplyAsync(scheduler, pipeline, cron, schedule.TimeZone, cancellationToken);
            }
        }

        var stored = await scheduler.QueryJobs(new JobQuery(), cancellationToken);
        foreach (var job in stored.Items.Where(job => job.Key.Group == Group))
        {
            if (!schedules.TryGetValue(job.Key.Name, out var schedule) || schedule is { Cron: null })
            {
                await scheduler.DeleteJob(job.Key, cancellationToken);
                LogRemoved(job.Key.Name);
            }
        }
    }

    /// <summary>When the pipeline fires next, in UTC; null without a schedule.</summary>
    public async Task<DateTimeOffset?> NextAsync(string pipeline, CancellationToken cancellationToken) =>
        _scheduler is null ? null : (await _scheduler.GetTrigger(new TriggerKey(pipeline, Group), cancellationToken))?.NextFireTimeUtc;

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
        {
            await _scheduler.Shutdown(true, CancellationToken.None);
        }

        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }
    }

    private async Task ApplyAsync(IScheduler scheduler, string pipeline, string cron, string timeZone, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(pipeline, Group);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        if (await scheduler.GetTrigger(key, cancellationToken) is ICronTrigger standing)
        {
            if (standing.CronExpressionString == cron && standing.TimeZone.Id == zone.Id)
            {
                await scheduler.ResetTriggerFromErrorState(key, cancellationToken);
                return;
            }

            await scheduler.DeleteJob(new JobKey(pipeline, Group), cancellationToken);
        }

        var job = JobBuilder.Create<ScheduleFiredJob>()
            .WithIdentity(pipeline, Group)
            .UsingJobData(ScheduleFiredJob.CronKey, cron)
            .UsingJobData(ScheduleFiredJob.TimeZoneKey, timeZone)
            .RequestRecovery()
            .Build();
        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(key)
            .StartAt(clock.GetUtcNow())
            .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        var next = await scheduler.ScheduleJob(job, trigger, new ScheduleJobOptions(), cancellationToken);
        LogScheduled(pipeline, cron, timeZone, next);
    }

    private void Configure(IQuartzBuilder quartz)
    {
        quartz.Services.AddSingleton(loggers);
        quartz.AddJobType(_ => new ScheduleFiredJob(firing));
        quartz.UseTimeProvider(clock);
        quartz.UseDefaultRetryPolicy(RetryPolicy.Exponential(20, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(5)));
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = "alignops";
            options.IdleWaitTime = poll;
            options.GenerateInstanceId = store.Kind == DatabaseKind.PostgreSql;
        });
        quartz.UsePersistentStore(persistence =>
        {
            if (store.Kind == DatabaseKind.PostgreSql)
            {
                persistence.UsePostgres(store.Provider, store.ConnectionString);
                persistence.UseClustering(_ => { });
            }
            else
            {
                persistence.UseSqlite(store.Provider, store.ConnectionString);
            }

            persistence.ProvisionSchema();
            persistence.ConfigureStore(options =>
            {
                options.TablePrefix = "pipelines_qrtz_";
                options.StoreJobDataAsStrings = true;
                options.MisfireThreshold = MisfireThreshold;
                options.MisfireHandlerFrequency = TimeSpan.FromMinutes(1);
            });
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} retrains by '{Cron}' in {TimeZone}, next at {Next:u}")]
    private partial void LogScheduled(string pipeline, string cron, string timeZone, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Information, Message = "Pipeline {Pipeline} has no schedule any more")]
    private partial void LogRemoved(string pipeline);
}
