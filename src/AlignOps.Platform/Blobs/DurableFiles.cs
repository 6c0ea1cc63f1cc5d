using System.Runtime.InteropServices;

namespace AlignOps.Platform.Blobs;

/// <summary>What the file system offers for durability and .NET does not: flushing a folder's entries, and hard links.</summary>
public static class DurableFiles
{
    private const int ReadOnly = 0;

    /// <summary>Makes renames and new names in a folder survive a power cut. Windows writes them through by itself.</summary>
    public static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(directory, ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"Cannot open {directory} to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // Some network file systems flush no folders and say so; the file's own bytes are safe there too.
            _ = Flush(handle);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>Gives a file a second name without copying it; false where the file system cannot.</summary>
    public static bool TryLink(string existing, string added) => !OperatingSystem.IsWindows() && Link(existing, added) == 0;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);
}
