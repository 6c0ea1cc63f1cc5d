namespace AlignOps.Platform.Registration;

/// <summary>One message type that one service handles; the bus is built from all of them.</summary>
public sealed record HandlerRegistration(string Service, Type Message, Type Handler, bool PerInstance);
