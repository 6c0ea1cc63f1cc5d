using AlignOps.Promotion.Gates;

namespace AlignOps.Promotion.Http;

/// <summary>A decision as the API tells it: the record, and what it leaves out so as to be the same everywhere.</summary>
public sealed record GateAnswer(string RecordDigest, string DecidedBy, DateTimeOffset At, GateRecord Record);
