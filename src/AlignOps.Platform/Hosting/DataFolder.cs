using System.Globalization;

namespace AlignOps.Platform.Hosting;

/// <summary>The state folder and its lock. The operating system releases the lock when the process dies, however it dies.</summary>
internal sealed class DataFolder : IDisposable
{
    private FileStream? _lock;

    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "alignops.db");

    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    public string Trees => System.IO.Path.Combine(Path, "trees");

    public string Jobs => System.IO.Path.Combine(Path, "jobs");

    private string OwnerFile => System.IO.Path.Combine(Path, "owner");

    /// <summary>Makes the folders and proves that they can be written to.</summary>
    /// <exception cref="StartRefusedException">The folder cannot be made or written to.</exception>
    public void Prepare()
    {
        try
        {
            foreach (var folder in new[] { Path, Blobs, Trees, Jobs })
            {
                Directory.CreateDirectory(folder);
            }

            var probe = System.IO.Path.Combine(Path, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                "data-folder-read-only",
                $"The data folder {Path} cannot be written to ({fault.Message.TrimEnd('.')}). Give this user write access to it, or name another with --data.",
                fault);
        }
    }

    /// <summary>Takes the folder for this process alone, until it ends.</summary>
    /// <exception cref="StartRefusedException">Another process has it.</exception>
    public void Own(DateTimeOffset now)
    {
        try
        {
            _lock = new FileStream(System.IO.Path.Combine(Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            var owner = File.Exists(OwnerFile) ? File.ReadAllText(OwnerFile).Trim() : "another process";
            throw new StartRefusedException(
                "data-folder-in-use",
                $"The data folder {Path} is in use by {owner}. Stop that process, or name another folder with --data.",
                fault);
        }

        File.WriteAllText(OwnerFile, string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} (since {now:yyyy-MM-dd HH:mm:ss} UTC)\n"));
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
