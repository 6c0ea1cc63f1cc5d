namespace AlignOps.Platform.Messaging;

/// <summary>The loops that a commit may have given work to.</summary>
[Flags]
internal enum Nudges
{
    None = 0,
    Outbox = 1,
    Jobs = 2,
}
