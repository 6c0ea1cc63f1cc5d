using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Gates.Rules;
using AlignOps.Promotion.Registry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Promotion.Gates;

/// <summary>Decides a run again that waited for people, on the same evidence with what they said in it. A run that waits for nobody is left alone.</summary>
internal sealed partial class PeopleAnsweredHandler(
    IBlobStore blobs, ChampionRegistry registry, Deployer deployer, AuditLog audit, ApprovalDesk approvals, TimeProvider time, ILogger<PeopleAnsweredHandler> logger) : IHandle<PeopleAnswered>
{
    private const string Decider = "gate";

    public async Task HandleAsync(PeopleAnswered message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var row = await GateStore.FindAsync(work.Connection, work.Transaction, message.RunId, cancellationToken);
        if (row is null || row.Code != PeopleRule.Name || GateStore.Parse(row.Decision) != GateDecision.AwaitingApproval) return;

        var open = GateJson.Read(await blobs.ReadTextAsync(row.RecordDigest, cancellationToken));
        var champion = await registry.FindAsync(work.Connection, work.Transaction, row.Pipeline, cancellationToken);
        var past = await GateStore.CountAsync(work, row.Pipeline, cancellationToken);
        var record = Gate.Decide(open.Policy, await ReadEvidenceAsync(message, cancellationToken), new GateContext(
            row.RunId, row.Pipeline, open.DefinitionDigest, open.DatasetDigest, message.EvidenceDigest, open.Candidate, open.Champion, open.Anchor, open.BatchIds, champion?.Model, champion?.Hold)
        {
            // The run's own line is among them.
            Decisions = (int)past.Decisions - 1,
            Promotions = (int)past.Promotions,
        });
        var digest = await blobs.PutTextAsync(GateJson.Write(record), cancellationToken);
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        await GateStore.CloseAsync(work, row.RunId, record.Decision, record.Code, record.Reason, digest, Decider, at, cancellationToken);
        var content = new { row.RunId, decision = GateStore.Name(record.Decision), record.Code, recordDigest = digest, message.EvidenceDigest, message.Answered };
        await audit.AppendAsync(work, Decider, "gate-decided-with-people", row.Pipeline, content, cancellationToken);
        if (record.Decision == GateDecision.Promote)
        {
            var order = new DeploymentOrder(row.RunId, row.Pipeline, record.DefinitionDigest, record.Candidate, digest, Decider, record.Reason);
            await deployer.BeginAsync(work, order, champion!, cancellationToken);
        }
        else if (record.Decision == GateDecision.AwaitingApproval)
        {
            var asked = new DecideGate(
                row.RunId, row.Pipeline, record.DefinitionDigest, record.DatasetDigest, record.EvidenceDigest, record.Candidate, record.Champion, record.Anchor, record.BatchIds);
            await approvals.OpenAsync(work, asked, record.Policy, champion!, cancellationToken);
        }

        var decided = new GateDecided(row.RunId, row.Pipeline, record.Decision, record.Reason, digest, record.WinRate, record.Lower, record.Items, record.Code);
        await work.PublishAsync(decided, $"{row.RunId}/decided/people", cancellationToken);
        LogDecided(row.RunId, GateStore.Name(record.Decision), record.Reason);
    }

    private async Task<EvidenceFile?> ReadEvidenceAsync(PeopleAnswered message, CancellationToken cancellationToken)
    {
        try
        {
            return EvidenceFile.Read(await blobs.ReadTextAsync(message.EvidenceDigest, cancellationToken));
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException)
        {
            LogUnreadable(fault, message.RunId, message.EvidenceDigest);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}, after people: {Decision}. {Reason}")]
    private partial void LogDecided(string runId, string decision, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}: evidence {Digest} with people's labels cannot be read; the gate is inconclusive.")]
    private partial void LogUnreadable(Exception fault, string runId, string digest);
}
