using System.Globalization;
using System.Text.Json;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Jobs;

/// <summary>Keeps with an ended job the messages that its end sent, and sends them again.</summary>
internal sealed class JobResults(Outbox outbox) : IJobResults
{
    /// <summary>Called when everything that belongs to the job's end is in the unit of work.</summary>
    public static Task KeepAsync(IUnitOfWork work, string jobId, CancellationToken cancellationToken) => work is UnitOfWork { Sent.Count: > 0 } unit
        ? work.Connection.ExecuteAsync(new CommandDefinition(
            "update platform_job set result_messages = @messages where job_id = @jobId",
            new { jobId, messages = JsonSerializer.Serialize(unit.Sent) },
            work.Transaction,
            cancellationToken: cancellationToken))
        : Task.CompletedTask;

    public async Task<bool> RepeatAsync(IUnitOfWork work, string runId, string service, int repetition, CancellationToken cancellationToken)
    {
        // A run has a handful of jobs, so their kinds are compared here.
        var jobs = await work.Connection.QueryAsync<(string Kind, string State, string? Messages)>(new CommandDefinition(
            "select kind, state, result_messages from platform_job where run_id = @runId order by created_at desc, job_id",
            new { runId },
            work.Transaction,
            cancellationToken: cancellationToken));
        var latest = jobs.FirstOrDefault(job => job.Kind.StartsWith(service + '.', StringComparison.Ordinal));
        if (latest is not { State: "done" or "failed", Messages: { } messages })
        {
            return false;
        }

        foreach (var message in JsonSerializer.Deserialize<SentMessage[]>(messages)!)
        {
            await outbox.SendAsync(work, message with { Key = string.Create(CultureInfo.InvariantCulture, $"{message.Key}#{repetition}") }, cancellationToken);
        }

        (work as UnitOfWork)?.Nudge(Nudges.Outbox);
        return true;
    }
}
