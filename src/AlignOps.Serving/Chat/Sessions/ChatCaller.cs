namespace AlignOps.Serving.Chat.Sessions;

/// <param name="Name">Whose key it is.</param>
/// <param name="Wanted">The role that the caller asks to be answered by; null where the share decides.</param>
internal sealed record ChatCaller(string Name, string? Wanted = null);
