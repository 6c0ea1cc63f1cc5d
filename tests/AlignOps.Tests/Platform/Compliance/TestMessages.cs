using AlignOps.Contracts;
using MassTransit;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>An event that both test services hear.</summary>
[EntityName("test.noted")]
[MessageUrn("test:noted")]
public sealed record Noted(string Id);

/// <summary>A command of the service <c>beta</c>.</summary>
[HandledBy("beta")]
[EntityName("test.act")]
[MessageUrn("test:act")]
public sealed record Act(string Id);
