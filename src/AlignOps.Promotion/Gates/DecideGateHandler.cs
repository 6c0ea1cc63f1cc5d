using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Gates.Rules;
using AlignOps.Promotion.Registry;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AlignOps.Promotion.Gates;

/// <summary>
/// Decides a run: record, row, audit entry, champion and events commit together. Takes milliseconds, so it needs no job. A run is decided once: asked again, it answers the same.
/// </summary>
internal sealed partial class DecideGateHandler(
    IPipelineDefinitions definitions, IBlobStore blobs, ChampionRegistry registry, Deployer deployer, AuditLog audit, ApprovalDesk approvals, TimeProvider time, ILogger<DecideGateHandler> logger) : IHandle<DecideGate>
{
    private const string Decider = "gate";

    public async Task HandleAsync(DecideGate message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var row = await GateStore.FindAsync(work.Connection, work.Transaction, message.RunId, cancellationToken);
        if (row is null)
        {
            // The command commits together with the state it is sent in, so another state means that the run has ended meanwhile.
            if (await StateOfRunAsync(message.RunId, work, cancellationToken) is { } state && state != "deciding")
            {
                LogOver(message.RunId, state);
                return;
            }

            row = await DecideAsync(message, work, cancellationToken);
        }

        var decided = new GateDecided(row.RunId, row.Pipeline, GateStore.Parse(row.Decision), row.Reason, row.RecordDigest, row.WinRate, row.Lower, (int)row.Items, row.Code);
        await work.PublishAsync(decided, $"{row.RunId}/decided", cancellationToken);
    }

    /// <summary>Null for a run that Pipelines does not know.</summary>
    private static Task<string?> StateOfRunAsync(string runId, IUnitOfWork work, CancellationToken cancellationToken) =>
        work.Connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select state from pipelines_v_runs where run_id = @runId", new { runId }, work.Transaction, cancellationToken: cancellationToken));

    private async Task<GateRow> DecideAsync(DecideGate message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        var section = await definitions.SectionAsync<GateSection>(message.DefinitionDigest, cancellationToken);
        var evidence = await ReadEvidenceAsync(message, cancellationToken);
        var champion = await registry.FindAsync(work.Connection, work.Transaction, message.Pipeline, cancellationToken);
        var past = await GateStore.CountAsync(work, message.Pipeline, cancellationToken);
        var record = Gate.Decide(section, evidence, new GateContext(
            message.RunId, message.Pipeline, message.DefinitionDigest, message.DatasetDigest, message.EvidenceDigest,
            message.Candidate, message.Champion, message.Anchor, message.BatchIds, champion?.Model, champion?.Hold)
        {
            Decisions = (int)past.Decisions,
            Promotions = (int)past.Promotions,
        });
        var digest = await blobs.PutTextAsync(GateJson.Write(record), cancellationToken);

        var row = new GateRow
        {
            RunId = message.RunId,
            Pipeline = message.Pipeline,
            Decision = GateStore.Name(record.Decision),
            Code = record.Code,
            Reason = record.Reason,
            RecordDigest = digest,
            WinRate = record.WinRate,
            Lower = record.Lower,
            Items = record.Items,
            WorstSlice = record.WorstSlice,
            DecidedBy = Decider,
            At = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await GateStore.AddAsync(work, row, cancellationToken);
        var content = new { row.RunId, row.Decision, row.Code, row.RecordDigest, message.EvidenceDigest, message.Candidate, message.Champion, message.Anchor, message.BatchIds };
        await audit.AppendAsync(work, Decider, "gate-decided", message.Pipeline, content, cancellationToken);
        if (record.Decision == GateDecision.Promote)
        {
            var order = new DeploymentOrder(message.RunId, message.Pipeline, message.DefinitionDigest, message.Candidate, digest, Decider, record.Reason);
            await deployer.BeginAsync(work, order, champion!, cancellationToken);
        }
        else if (record is { Decision: GateDecision.AwaitingApproval, Code: PeopleRule.Name })
        {
            var ask = new AskPeople(message.RunId, message.Pipeline, message.DefinitionDigest, message.EvidenceDigest, section.People, section.PeopleEach, section.PeopleDays);
            await work.SendAsync(ask, $"{message.RunId}/ask-people", cancellationToken);
        }
        else if (record.Decision == GateDecision.AwaitingApproval)
        {
            await approvals.OpenAsync(work, message, section, champion!, cancellationToken);
        }

        LogDecided(message.RunId, row.Decision, row.Reason);
        return row;
    }

    private async Task<EvidenceFile?> ReadEvidenceAsync(DecideGate message, CancellationToken cancellationToken)
    {
        try
        {
            return EvidenceFile.Read(await blobs.ReadTextAsync(message.EvidenceDigest, cancellationToken));
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException)
        {
            LogEvidenceUnreadable(fault, message.RunId, message.EvidenceDigest);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId}: {Decision}. {Reason}")]
    private partial void LogDecided(string runId, string decision, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is {State} and waits for no decision; the gate does nothing.")]
    private partial void LogOver(string runId, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId}: evidence {Digest} cannot be read; the gate is inconclusive.")]
    private partial void LogEvidenceUnreadable(Exception fault, string runId, string digest);
}
