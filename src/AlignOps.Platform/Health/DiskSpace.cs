namespace AlignOps.Platform.Health;

/// <summary>How much room the data folder has.</summary>
public static class DiskSpace
{
    /// <summary>Below this a checkpoint or an adapter may not fit any more.</summary>
    public const long Low = 1L << 30;

    /// <summary>Below this not even the next batch may.</summary>
    public const long Spent = 64L << 20;

    /// <summary>Null where the system does not tell.</summary>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
