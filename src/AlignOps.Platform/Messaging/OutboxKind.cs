namespace AlignOps.Platform.Messaging;

internal enum OutboxKind
{
    /// <summary>An event, for every service that subscribed to it.</summary>
    Publish,

    /// <summary>A command, or a message that one service is to get again.</summary>
    Send,
}
