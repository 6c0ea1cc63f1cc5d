namespace AlignOps.Serving.Chat.Sessions;

/// <param name="Name">Whose key it is.</param>
internal sealed record ChatCaller(string Name);
