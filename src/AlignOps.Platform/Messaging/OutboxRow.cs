namespace AlignOps.Platform.Messaging;

/// <summary>A message on its way out.</summary>
/// <param name="RowId">The message's id; for a message that one service is to get again, that id with the service and the delivery's number.</param>
/// <param name="Destination">The service a command or repeated delivery goes to; null for an event.</param>
/// <param name="Delivery">1 for the first delivery; the handler's failures before it are one less.</param>
/// <param name="Attempts">How often the relay failed to send it.</param>
internal sealed record OutboxRow(string RowId, string MessageId, string Entity, string Body, string? Destination, long Delivery, long Attempts);
