using System.Security.Cryptography;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;
using AlignOps.Intake.Batches;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Rows;

/// <summary>Takes single rows in: each gets its verdict at once, and what is kept is durable before it is answered.</summary>
internal sealed class RowsPush(IDatabase database, IPipelineNames pipelines, IOptions<IntakeOptions> options, TimeProvider time)
{
    /// <param name="content">One row as a JSON object, a list of them, or JSONL; at most <see cref="RowsOptions.PerRequest"/>.</param>
    public async Task<(RowsReceipt? Receipt, PushFault? Fault)> PushAsync(string pipeline, byte[] content, string? key, string pushedBy, CancellationToken cancellationToken)
    {
        var known = await pipelines.ListAsync(cancellationToken);
        if (known.All(one => one.Name != pipeline))
        {
            return (null, BatchPush.UnknownPipeline(pipeline, [.. known.Select(one => one.Name)]));
        }

        BatchContents read;
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            var limits = options.Value.Content with { Rows = options.Value.Rows.PerRequest };
            read = await new BatchReader(options.Value.Row, limits).ReadContentsAsync(stream, new BatchSource("", pushedBy), cancellationToken);
        }
        catch (ContentException fault)
        {
            return (null, new PushFault(fault.Code == ContentException.TooManyRows ? 413 : 400, fault.Code, fault.Message));
        }

        return read.Outcomes.Count == 0
            ? (null, new PushFault(StatusCodes.Status400BadRequest, "empty-batch", "The request has no rows."))
            : await database.WriteAsync((work, token) => KeepAsync(work, pipeline, read, Convert.ToHexStringLower(SHA256.HashData(content)), key, pushedBy, token), cancellationToken);
    }

    private async Task<(RowsReceipt? Receipt, PushFault? Fault)> KeepAsync(
        IUnitOfWork work, string pipeline, BatchContents read, string hash, string? key, string pushedBy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var push = new BatchIdentity(pipeline, hash, "", "", pushedBy);
        if (key is not null && await BatchStore.RememberKeyAsync(work, push, key, now, cancellationToken) != hash)
        {
            return (null, new PushFault(StatusCodes.Status409Conflict, "idempotency-key-reused", $"The Idempotency-Key \"{key}\" was used for other content. Use a new key for new content."));
        }

        var rows = new List<RowReceipt>();
        var kept = 0;
        foreach (var outcome in read.Outcomes)
        {
            var (verdict, reason, sentence) = (outcome.Verdict, outcome.Fault?.Reason, outcome.Fault?.Sentence);
            if (verdict is RowVerdict.Accepted or RowVerdict.Quarantined)
            {
                if (await WaitingRows.AddAsync(work, pipeline, pushedBy, outcome.Row!, now.ToUnixTimeMilliseconds(), cancellationToken))
                {
                    kept++;
                }
                else if (verdict == RowVerdict.Accepted)
                {
                    (verdict, reason, sentence) = (RowVerdict.Duplicate, RowReasons.DuplicateOfEarlier, "The same row was sent before.");
                }
            }

            rows.Add(new RowReceipt(outcome.Sequence, verdict.Name(), reason, sentence, outcome.Row?.Kind.Name(), outcome.Row?.Id));
        }

        return (new RowsReceipt(pipeline, kept, await WaitingRows.CountAsync(work, pipeline, pushedBy, cancellationToken), read.Detected, rows), null);
    }
}
