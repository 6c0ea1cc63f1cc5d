namespace AlignOps.Platform.Messaging;

/// <summary>A message as it was put into the outbox, so that it can be sent once more under another key.</summary>
/// <param name="Destination">The service a command goes to; null for an event.</param>
internal sealed record SentMessage(string Entity, string Key, string? Destination, string Body);
