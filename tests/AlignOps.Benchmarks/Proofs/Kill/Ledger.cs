using System.Globalization;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Data.Datasets;
using AlignOps.Host.Cli;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using Dapper;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>What must hold of a deployment that has come to rest, whatever was killed before; read from its tables, not asked of it.</summary>
internal sealed class Ledger(Deployment deployment)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(90);

    /// <summary>Each query counts what may not be; its name says what that is.</summary>
    private static readonly (string Breach, string Sql)[] Rules =
    [
        ("accepted batches that the loop does not know or that have no final state", """
            select count(*) from intake_v_batches i left join pipelines_v_batches b on b.batch_id = i.batch_id
            where i.accepted > 0 and (b.state is null or b.state not in ('learned', 'held', 'undecided'))
            """),
        ("accepted batches that are not in exactly one batch-triggered run's account", """
            select count(*) from intake_v_batches i where i.accepted > 0 and 1 <> (
              select count(*) from pipelines_run_batch m join pipelines_v_runs r on r.run_id = m.run_id
              where m.batch_id = i.batch_id and r.trigger_kind = 'batch')
            """),
        ("batches whose state is not what their run came to", """
            select count(*) from pipelines_v_batches b left join pipelines_v_runs r on r.run_id = b.run_id
            where r.run_id is null or not ((b.state = 'learned' and r.state = 'promoted') or (b.state = 'held' and r.state = 'rejected')
              or (b.state = 'undecided' and r.state = 'inconclusive'))
            """),
        ("runs that are stuck or failed", "select count(*) from pipelines_v_runs where state not in ('promoted', 'rejected', 'inconclusive') or ended_at is null"),
        ("runs without a gate decision, or that tell another one than the gate", """
            select count(*) from pipelines_v_runs r left join promotion_v_gates g on g.run_id = r.run_id
            where g.run_id is null or g.decision <> r.decision or g.record_digest <> r.record_digest
            """),
        ("jobs queued, running or failed", "select count(*) from platform_v_jobs where state <> 'done'"),
        ("messages in the outbox", "select count(*) from platform_outbox"),
        ("dead letters", "select count(*) from platform_dead_letter"),
        ("champion versions without a promoting gate decision or a person's certification", """
            select count(*) from promotion_v_history h where not (
              (h.cause = 'certified' and h.decided_by <> '' and h.decided_by <> 'gate')
              or (h.cause = 'gate' and 1 = (select count(*) from promotion_v_gates g where g.record_digest = h.record_digest and g.decision = 'promote' and g.pipeline = h.pipeline)))
            """),
        ("promoting gate decisions without exactly one champion version", """
            select count(*) from promotion_v_gates g where g.decision = 'promote'
              and 1 <> (select count(*) from promotion_v_history h where h.record_digest = g.record_digest and h.pipeline = g.pipeline)
            """),
        ("champions that are not the last version of an unbroken history", """
            select count(*) from promotion_v_champions c where
              c.version <> (select max(h.version) from promotion_v_history h where h.pipeline = c.pipeline)
              or c.version <> (select count(*) from promotion_v_history h where h.pipeline = c.pipeline)
            """),
    ];

    /// <summary>Waits until nothing is left to do. False when it does not come to rest.</summary>
    public async Task<bool> RestsAsync(CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.UtcNow + Rest;
        await using var connection = await OutsideDatabase.OpenAsync(deployment, cancellationToken);
        while (await connection.ExecuteScalarAsync<long>(
            """
            select (select count(*) from platform_outbox) + (select count(*) from platform_v_jobs where state in ('queued', 'running'))
              + (select count(*) from pipelines_v_runs where ended_at is null)
            """) > 0)
        {
            if (DateTimeOffset.UtcNow > until)
            {
                return false;
            }

            await Task.Delay(20, cancellationToken);
        }

        return true;
    }

    /// <summary>Every breach, as a sentence.</summary>
    public async Task<IReadOnlyList<string>> BreachesAsync(IReadOnlyCollection<string> answered, CancellationToken cancellationToken)
    {
        var breaches = new List<string>();
        await using var connection = await OutsideDatabase.OpenAsync(deployment, cancellationToken);
        foreach (var (breach, sql) in Rules)
        {
            if (await connection.ExecuteScalarAsync<long>(sql) is > 0 and var count)
            {
                breaches.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {breach}"));
            }
        }

        var kept = (await connection.QueryAsync<string>("select batch_id from intake_v_batches")).ToHashSet();
        breaches.AddRange(answered.Where(batch => !kept.Contains(batch)).Select(batch => $"the push of {batch} was answered and is gone"));
        if (kept.Count != answered.Count)
        {
            breaches.Add($"{kept.Count} batches are on record, {answered.Count} pushes were answered");
        }

        var audit = await deployment.Client.AuditAsync(cancellationToken);
        if (!audit.GetProperty("whole").GetBoolean())
        {
            breaches.Add($"the audit chain is broken: {audit.Text("sentence")}");
        }

        return breaches;
    }

    /// <summary>Reads every blob that a run names, to the last byte, against its digest; returns the broken ones.</summary>
    public async Task<IReadOnlyList<string>> BrokenBlobsAsync(CancellationToken cancellationToken)
    {
        using var folder = new DataFolder(deployment.DataFolder);
        var blobs = new FileBlobStore(folder);
        await using var connection = await OutsideDatabase.OpenAsync(deployment, cancellationToken);
        var named = await connection.QueryAsync<string>(
            """
            select evidence_digest from pipelines_v_runs where evidence_digest is not null
            union select record_digest from pipelines_v_runs where record_digest is not null
            union select content_hash from intake_v_batches
            """);
        var datasets = await connection.QueryAsync<string>("select distinct dataset_digest from pipelines_v_runs where dataset_digest is not null");
        var trees = await connection.QueryAsync<string>(
            """
            select candidate_adapter from pipelines_v_runs where candidate_adapter is not null
            union select definition_digest from pipelines_v_runs
            """);
        var broken = new List<string>();
        foreach (var dataset in datasets)
        {
            try
            {
                var manifest = DatasetJson.Read(await blobs.ReadTextAsync(dataset, cancellationToken));
                named = [.. named, manifest.Train, manifest.HeldOut];
            }
            catch (Exception fault) when (fault is IOException or BlobMissingException or JsonException)
            {
                broken.Add($"dataset {dataset}: {fault.Message}");
            }
        }

        foreach (var (digest, isTree) in named.Select(digest => (digest, false)).Concat(trees.Select(digest => (digest, true))))
        {
            try
            {
                await using var content = await blobs.OpenAsync(digest, cancellationToken);
                await content.CopyToAsync(Stream.Null, cancellationToken);
                if (isTree)
                {
                    await blobs.VerifyTreeAsync(digest, cancellationToken);
                }
            }
            catch (Exception fault) when (fault is IOException or BlobMissingException or InvalidDataException)
            {
                broken.Add($"blob {digest}: {fault.Message}");
            }
        }

        return broken;
    }
}
