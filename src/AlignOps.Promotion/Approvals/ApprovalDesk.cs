using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Gates;
using AlignOps.Promotion.Registry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Promotion.Approvals;

/// <summary>
/// Runs that passed every rule but the people's. Each call stands in the service's turn, and each answer commits with its audit entry, the closed gate record,
/// the champion and the event: of two people who decide at once one is heard and the other is told so.
/// </summary>
internal sealed partial class ApprovalDesk(ChampionRegistry registry, Deployer deployer, AuditLog audit, IBlobStore blobs, TimeProvider time, ILogger<ApprovalDesk> logger)
{
    private const string Nobody = "gate";

    /// <param name="champion">The one that the candidate was compared with.</param>
    public async Task OpenAsync(IUnitOfWork work, DecideGate message, GateSection policy, Champion champion, CancellationToken cancellationToken)
    {
        var requirement = ApprovalRequirement.Parse(policy.Approval!)!;
        var now = time.GetUtcNow();
        await ApprovalStore.AddAsync(
            work,
            new ApprovalRow
            {
                RunId = message.RunId,
                Pipeline = message.Pipeline,
                Needed = requirement.Needed,
                Role = requirement.RoleName,
                ChampionVersion = champion.Version,
                BatchIds = JsonSerializer.Serialize(message.BatchIds),
                State = ApprovalState.Awaiting,
                OpenedAt = now.ToUnixTimeMilliseconds(),
                ExpiresAt = now.AddDays(policy.ApprovalDays).ToUnixTimeMilliseconds(),
            },
            cancellationToken);
    }

    /// <summary>One person's answer. A refusal commits too: it may have found that the request has lapsed.</summary>
    public async Task<(ApprovalRow? Row, ApprovalRefusal? Refusal)> AnswerAsync(
        IUnitOfWork work, string runId, Approver caller, bool approves, string reason, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync(PromotionService.Name, cancellationToken);
        if (await ApprovalStore.FindAsync(work.Connection, work.Transaction, runId, cancellationToken) is not { } row)
        {
            return (null, new ApprovalRefusal(404, "no-approval", $"Nobody is asked to approve run {runId}. 'alignops approvals' lists what waits."));
        }

        if (row.State != ApprovalState.Awaiting) return (row, ApprovalRules.Ended(row));
        var champion = await registry.FindAsync(work.Connection, work.Transaction, row.Pipeline, cancellationToken);
        if (ApprovalRules.Lapse(row, champion, time.GetUtcNow()) is { } lapse)
        {
            await CloseAsync(work, row, lapse.State, GateDecision.Inconclusive, lapse.Code, _ => lapse.Sentence, Nobody, cancellationToken);
            return (row, ApprovalRules.Ended((await ApprovalStore.FindAsync(work.Connection, work.Transaction, runId, cancellationToken))!));
        }

        var pushers = await ApprovalStore.PushersAsync(work, row.Batches, cancellationToken);
        var votes = await ApprovalStore.VotesAsync(work.Connection, work.Transaction, runId, cancellationToken);
        if (ApprovalRules.Refuse(row, caller, approves, champion!, pushers, votes) is { } refusal) return (row, refusal);

        var vote = new ApprovalVote(caller.Name, approves ? ApprovalVote.Approve : ApprovalVote.Reject, reason, time.GetUtcNow());
        await ApprovalStore.VoteAsync(work, runId, vote, cancellationToken);
        await audit.AppendAsync(work, caller.Name, approves ? "run-approved" : "run-rejected", row.Pipeline, new { runId, reason, row.ChampionVersion }, cancellationToken);
        LogAnswered(runId, row.Pipeline, vote.Answer, caller.Name);
        if (!approves)
        {
            await CloseAsync(work, row, ApprovalState.Rejected, GateDecision.Reject, GateDecided.RejectedByPerson, _ => $"Rejected by {caller.Name}: {reason}", caller.Name, cancellationToken);
        }
        else if (votes.Count(one => one.Answer == ApprovalVote.Approve) + 1 >= row.Needed)
        {
            await PromoteAsync(work, row, caller, champion!, cancellationToken);
        }

        return (await ApprovalStore.FindAsync(work.Connection, work.Transaction, runId, cancellationToken), null);
    }

    /// <summary>Ends a request whose time is over or whose champion is no more.</summary>
    public async Task LapseAsync(IUnitOfWork work, string runId, CancellationToken cancellationToken)
    {
        await work.TakeTurnAsync(PromotionService.Name, cancellationToken);
        if (await ApprovalStore.FindAsync(work.Connection, work.Transaction, runId, cancellationToken) is { State: ApprovalState.Awaiting } row
            && ApprovalRules.Lapse(row, await registry.FindAsync(work.Connection, work.Transaction, row.Pipeline, cancellationToken), time.GetUtcNow()) is { } lapse)
        {
            await CloseAsync(work, row, lapse.State, GateDecision.Inconclusive, lapse.Code, _ => lapse.Sentence, Nobody, cancellationToken);
        }
    }

    private async Task PromoteAsync(IUnitOfWork work, ApprovalRow row, Approver last, Champion champion, CancellationToken cancellationToken)
    {
        var approvedBy = (await ApprovalStore.FindAsync(work.Connection, work.Transaction, row.RunId, cancellationToken))!.ApprovedBy;
        var (record, digest) = await CloseAsync(
            work, row, ApprovalState.Approved, GateDecision.Promote, "approved", record => $"Promoted: approved by {approvedBy}; {GateVerdict.Proof(record.Rules, record.Lower)}.", last.Name, cancellationToken);
        var order = new DeploymentOrder(row.RunId, row.Pipeline, record.DefinitionDigest, record.Candidate, digest, last.Name, record.Reason);
        await deployer.BeginAsync(work, order, champion, cancellationToken);
    }

    private async Task<(GateRecord Record, string Digest)> CloseAsync(
        IUnitOfWork work, ApprovalRow row, string state, GateDecision decision, string code, Func<GateRecord, string> sentence, string actor, CancellationToken cancellationToken)
    {
        var gate = await GateStore.FindAsync(work.Connection, work.Transaction, row.RunId, cancellationToken) ?? throw new InvalidDataException($"Run {row.RunId} awaits approval and has no gate.");
        var open = GateJson.Read(await blobs.ReadTextAsync(gate.RecordDigest, cancellationToken));
        var votes = await ApprovalStore.VotesAsync(work.Connection, work.Transaction, row.RunId, cancellationToken);
        var record = ApprovalRule.Close(open, row.Requirement, decision, code, sentence(open), votes);
        var digest = await blobs.PutTextAsync(GateJson.Write(record), cancellationToken);
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();

        await ApprovalStore.EndAsync(work, row.RunId, state, record.Reason, at, cancellationToken);
        await GateStore.CloseAsync(work, row.RunId, decision, code, record.Reason, digest, actor, at, cancellationToken);
        await audit.AppendAsync(work, actor, $"approval-{state}", row.Pipeline, new { row.RunId, decision = GateStore.Name(decision), code, record.Reason, digest, row.ChampionVersion }, cancellationToken);
        var decided = new GateDecided(row.RunId, row.Pipeline, decision, record.Reason, digest, record.WinRate, record.Lower, record.Items, code);
        await work.PublishAsync(decided, $"{row.RunId}/decided/{state}", cancellationToken);
        LogClosed(row.RunId, row.Pipeline, state, record.Reason);
        return (record, digest);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} of {Pipeline}: {Answer} by {Person}")]
    private partial void LogAnswered(string runId, string pipeline, string answer, string person);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {RunId} of {Pipeline} waits for nobody any more ({State}): {Reason}")]
    private partial void LogClosed(string runId, string pipeline, string state, string reason);
}
