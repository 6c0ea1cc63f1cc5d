using AlignOps.Platform.Hosting;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>Storage and transport of one test, fresh and its own.</summary>
public abstract class Deployment : IAsyncDisposable
{
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("alignops-").FullName;

    public abstract PlatformOptions Options { get; }

    /// <summary>True when several processes may share it at once.</summary>
    public abstract bool IsShared { get; }

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
