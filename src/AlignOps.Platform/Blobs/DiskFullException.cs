namespace AlignOps.Platform.Blobs;

/// <summary>The disk has no room for a blob. Nothing of it was kept; what asked for it is tried again once there is room.</summary>
public sealed class DiskFullException(string folder, IOException inner)
    : IOException($"disk-full: the disk of {folder} has no room left. Free some, or make it larger; the work goes on by itself.", inner)
{
    /// <summary>The reason code.</summary>
    public const string Code = "disk-full";

    // .NET hands the system's own number through: no space left, or a quota used up; then Windows's two.
    private static readonly int[] Numbers = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>True for what the system answers when there is no room.</summary>
    public static bool Is(IOException fault) => Numbers.Contains(fault.HResult);
}
