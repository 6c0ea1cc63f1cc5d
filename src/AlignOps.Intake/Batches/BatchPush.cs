using AlignOps.Contracts.Batches;
using AlignOps.Data.Batches;
using AlignOps.Data.Content;
using AlignOps.Data.Formats;
using AlignOps.Intake.Datasets;
using AlignOps.Intake.Storage;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Batches;

/// <summary>
/// Takes a batch in: the content becomes a blob, its rows get their verdicts, and one transaction records them with the event. Nothing is
/// answered before all of that stands, so what was answered is never lost; pushing again after a broken connection is harmless.
/// </summary>
internal sealed partial class BatchPush(
    IDatabase database,
    IBlobStore blobs,
    IPipelineNames pipelines,
    IPipelineDefinitions definitions,
    IOptions<IntakeOptions> options,
    TimeProvider time,
    ILogger<BatchPush> log)
{
    private const int LongestName = 200;

    public async Task<PushResult> PushAsync(PushRequest request, CancellationToken cancellationToken)
    {
        var known = await pipelines.ListAsync(cancellationToken);
        if (known.FirstOrDefault(pipeline => pipeline.Name == request.Pipeline) is not { } pipeline)
        {
            return new PushResult(null, false, UnknownPipeline(request.Pipeline, [.. known.Select(p => p.Name)]));
        }

        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await TakeInAsync(request, pipeline, cancellationToken);
        }
        catch (ContentException fault)
        {
            return PushResult.Refused(StatusOf(fault.Code), fault.Code, fault.Message);
        }
    }

    public static PushFault UnknownPipeline(string name, IReadOnlyList<string> known) => new(
        StatusCodes.Status404NotFound,
        "unknown-pipeline",
        $"There is no pipeline \"{name}\". {(known.Count == 0 ? "None is defined yet." : $"There is {string.Join(", ", known)}.")}",
        known);

    private static int StatusOf(string code) => code switch
    {
        ContentException.TooLarge or ContentException.TooManyRows or ContentException.ZipBomb => StatusCodes.Status413PayloadTooLarge,
        ContentException.Archive or ContentException.NotUtf8 => StatusCodes.Status415UnsupportedMediaType,
        _ => StatusCodes.Status400BadRequest,
    };

    private static PushResult? Refuse(PushRequest request)
    {
        if (request.Format is { } format && FeedbackFormats.Canonical(format) is null)
        {
            return PushResult.Refused(400, "unknown-format", $"There is no format \"{format}\"; leave it out to go by each row's keys, or name one of {string.Join(", ", FeedbackFormats.Names)}.");
        }

        if (!IsPlain(request.Name))
        {
            return PushResult.Refused(400, "bad-name", $"The name must be at most {LongestName} characters, without control characters.");
        }

        return request.IdempotencyKey is { } key && RefuseKey(key) is { } fault ? new PushResult(null, false, fault) : null;
    }

    public static PushFault? RefuseKey(string key) => key.Length == 0 || !IsPlain(key)
        ? new PushFault(400, "bad-idempotency-key", $"The Idempotency-Key must be 1 to {LongestName} characters, without control characters.")
        : null;

    private static bool IsPlain(string text) => text.Length <= LongestName && !text.Any(char.IsControl);

    private async Task<PushResult> TakeInAsync(PushRequest request, KnownPipeline pipeline, CancellationToken cancellationToken)
    {
        await using var content = await ContentStream.OpenAsync(request.Body, options.Value.Content, cancellationToken);
        var batch = new BatchIdentity(pipeline.Name, await blobs.PutAsync(content, cancellationToken), request.Name, request.Format is { } format ? FeedbackFormats.Canonical(format)! : "", request.PushedBy);

        var contents = new BatchContents([], []);
        IReadOnlyCollection<string> kinds = [];
        if (!await BatchStore.ExistsAsync(database, batch.BatchId, cancellationToken))
        {
            contents = await ReadRowsAsync(batch, cancellationToken);
            if (contents.Outcomes.Count == 0)
            {
                return PushResult.Refused(400, "empty-batch", "The content has no rows.");
            }

            kinds = (await definitions.SectionAsync<MixSection>(pipeline.DefinitionDigest, cancellationToken)).Kinds;
        }

        var result = await database.WriteAsync((work, token) => RecordAsync(work, batch, request.IdempotencyKey, contents, kinds, token), cancellationToken);
        if (result is { Created: true, Report: { } report })
        {
            LogTaken(report.BatchId, report.Pipeline, report.PushedBy, report.Rows, report.Accepted, report.Duplicate, report.Quarantined, report.Rejected);
        }

        return result;
    }

    private async Task<BatchContents> ReadRowsAsync(BatchIdentity batch, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(batch.ContentHash, cancellationToken);
        var source = new BatchSource(batch.BatchId, batch.PushedBy, batch.RequestedFormat.Length == 0 ? null : batch.RequestedFormat);
        return await new BatchReader(options.Value.Row, options.Value.Content).ReadContentsAsync(content, source, cancellationToken);
    }

    private async Task<PushResult> RecordAsync(
        IUnitOfWork work, BatchIdentity batch, string? key, BatchContents contents, IReadOnlyCollection<string> kinds, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync($"intake.{batch.Pipeline}", cancellationToken);
        var now = time.GetUtcNow();
        if (key is not null && await BatchStore.RememberKeyAsync(work, batch, key, now, cancellationToken) is { } other && other != batch.ContentHash)
        {
            return PushResult.Refused(409, "idempotency-key-reused", $"The Idempotency-Key \"{key}\" was used for other content. Use a new key for new content.");
        }

        if (await BatchStore.FindAsync(work, batch.BatchId, cancellationToken) is { } earlier)
        {
            return earlier.RequestedFormat == batch.RequestedFormat
                ? new PushResult(earlier.Report, Created: false, null)
                : PushResult.Refused(409, "batch-read-otherwise", $"This content is batch {batch.BatchId} already, read with format=\"{earlier.RequestedFormat}\". A batch is never read twice.");
        }

        var outcomes = await AcceptedRows.MarkDuplicatesAsync(work, batch.Pipeline, contents.Outcomes, cancellationToken);
        var report = BatchReport.Of(batch, now, kinds, contents with { Outcomes = outcomes });
        await BatchStore.InsertAsync(work, batch, report, cancellationToken);
        await RowInsert.RunAsync(work, batch.Pipeline, batch.BatchId, outcomes, cancellationToken);
        if (report.Accepted > 0)
        {
            await work.PublishAsync(new BatchAccepted(batch.BatchId, batch.Pipeline, batch.ContentHash, report.Accepted, batch.PushedBy), batch.BatchId, cancellationToken);
        }

        return new PushResult(report, Created: true, null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {Batch} for {Pipeline} by {Caller}: {Rows} rows, {Accepted} accepted, {Duplicate} duplicate, {Quarantined} quarantined, {Rejected} rejected")]
    private partial void LogTaken(string batch, string pipeline, string caller, int rows, int accepted, int duplicate, int quarantined, int rejected);
}
