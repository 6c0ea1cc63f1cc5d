using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>The gate answered; the record with all rules, bounds and observations is the blob <c>RecordDigest</c>.</summary>
[EntityName("alignops.gate-decided")]
[MessageUrn("alignops:gate-decided")]
public sealed record GateDecided(string RunId, string Pipeline, GateDecision Decision, string Reason, string RecordDigest, double WinRate, double Lower, int Items);
