namespace AlignOps.Platform.Messaging;

/// <summary>A message on its way out.</summary>
internal sealed record OutboxRow
{
    /// <summary>The message's id; for a message that one service is to get again, that id with the service and the delivery's number.</summary>
    public required string RowId { get; init; }

    public required string MessageId { get; init; }

    public required string Entity { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    /// <summary>The service a command or repeated delivery goes to; null for an event.</summary>
    public string? Destination { get; init; }

    /// <summary>1 for the first delivery; the handler's failures before it are one less.</summary>
    public int Delivery { get; init; } = 1;

    /// <summary>The span that decided it, as W3C <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>How often the relay failed to send it.</summary>
    public int Attempts { get; init; }
}
