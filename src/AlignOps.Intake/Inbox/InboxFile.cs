namespace AlignOps.Intake.Inbox;

/// <summary>A file of the inbox at one look.</summary>
/// <param name="Since">When it was first seen as it is now.</param>
internal sealed record InboxFile(long Length, DateTime Written, DateTimeOffset Since)
{
    public bool IsAs(FileInfo file) => file.Length == Length && file.LastWriteTimeUtc == Written;
}
