namespace AlignOps.Platform.Messaging;

/// <summary>A message type and its pinned name on the wire.</summary>
/// <param name="Service">The one service that handles a command; null for an event.</param>
internal sealed record MessageContract(Type Type, string Entity, string? Service);
