using System.Text.Json;
using AlignOps.Intake.Batches;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Inbox;

/// <summary>
/// Takes in the files of one pipeline's folder. A file is renamed before it is read and again when its batch stands, and the same content is the same batch:
/// so a process that dies in between, or two that look at once, make one batch of it.
/// </summary>
internal sealed partial class InboxFolder(string folder, BatchPush batches, IOptions<IntakeOptions> options, TimeProvider time, ILogger logger)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Dictionary<string, InboxFile> _seen = new(StringComparer.Ordinal);

    private string Pipeline => Path.GetFileName(folder);

    /// <summary>One look: files left in work are taken in again, complete ones for the first time.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var file in files.Where(file => file.Name.EndsWith(InboxNames.Processing, StringComparison.Ordinal)))
        {
            await TakeInAsync(file, file.Name[..^InboxNames.Processing.Length], cancellationToken);
        }

        foreach (var file in files.Where(file => InboxNames.IsNew(file.Name)))
        {
            if (file.LinkTarget is not null)
            {
                Reject(file, file.Name, new PushFault(0, "symbolic-link", "A symbolic link may point anywhere; copy the file itself into the inbox."));
            }
            else if (IsComplete(file))
            {
                var processing = file.FullName + InboxNames.Processing;
                File.Move(file.FullName, processing, overwrite: false);
                await TakeInAsync(new FileInfo(processing), file.Name, cancellationToken);
            }
        }

        foreach (var gone in _seen.Keys.Except(files.Select(file => file.Name)).ToList())
        {
            _seen.Remove(gone);
        }
    }

    // An empty file may be one that nobody has written to yet; a pipe or a device has no length either and is never opened.
    private bool IsComplete(FileInfo file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        if (!_seen.TryGetValue(file.Name, out var seen) || !seen.IsAs(file))
        {
            _seen[file.Name] = seen = new InboxFile(file.Length, file.LastWriteTimeUtc, time.GetUtcNow());
        }

        return time.GetUtcNow() - seen.Since >= options.Value.Inbox.Settle;
    }

    private async Task TakeInAsync(FileInfo file, string name, CancellationToken cancellationToken)
    {
        if (file.LinkTarget is not null)
        {
            Reject(file, name, new PushFault(0, "symbolic-link", "A symbolic link may point anywhere; copy the file itself into the inbox."));
            return;
        }

        PushResult result;
        await using (var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            var shown = new string([.. name.Where(c => !char.IsControl(c)).Take(200)]);
            result = await batches.PushAsync(new PushRequest(Pipeline, shown, Format: null, IdempotencyKey: null, PushedBy: "inbox", content), cancellationToken);
        }

        if (result is { Report: { } report } && report.Rejected < report.Rows)
        {
            Write(Path.Combine(folder, $"{name}.{report.BatchId}{InboxNames.Report}"), report);
            File.Move(file.FullName, Path.Combine(folder, $"{name}.{report.BatchId}{InboxNames.Done}"), overwrite: true);
            LogTaken(name, Pipeline, report.BatchId, report.Accepted, report.Rows);
        }
        else if (result.Report is { } useless)
        {
            Move(file, name, useless);
            LogRejected(name, Pipeline, "no-usable-row");
        }
        else
        {
            Reject(file, name, result.Fault!);
        }
    }

    private void Reject(FileInfo file, string name, PushFault fault)
    {
        Move(file, name, new { fault.Code, Reason = fault.Sentence });
        LogRejected(name, Pipeline, fault.Code);
    }

    private void Move(FileInfo file, string name, object report)
    {
        var rejected = Directory.CreateDirectory(Path.Combine(folder, InboxNames.Rejected)).FullName;
        Write(Path.Combine(rejected, name + InboxNames.Report), report);
        File.Move(file.FullName, Path.Combine(rejected, name), overwrite: true);
    }

    // Whole or not at all, and before the file itself gets its last name: who sees that name finds the report.
    private static void Write(string path, object report)
    {
        var partial = path + ".tmp";
        File.WriteAllText(partial, JsonSerializer.Serialize(report, Json));
        File.Move(partial, path, overwrite: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Inbox file {File} of {Pipeline} is batch {Batch}: {Accepted} of {Rows} rows accepted")]
    private partial void LogTaken(string file, string pipeline, string batch, int accepted, int rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Inbox file {File} of {Pipeline} is rejected: {Code}")]
    private partial void LogRejected(string file, string pipeline, string code);
}
