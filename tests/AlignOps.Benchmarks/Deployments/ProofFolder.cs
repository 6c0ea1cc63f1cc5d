namespace AlignOps.Benchmarks.Deployments;

/// <summary>Where a proof's deployments and servers keep what they write; gone afterwards unless it is to be looked at.</summary>
internal sealed class ProofFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("alignops-proof-").FullName;

    /// <summary>A temporary folder is its owner's alone; the servers run as users of their own and pass through it.</summary>
    public ProofFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, File.GetUnixFileMode(_path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>True leaves the folder behind and says where.</summary>
    public bool Keep { get; set; } = true;

    public string Below(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        if (Keep)
        {
            Console.WriteLine($"Databases, blobs and logs are left in {_path}");
            return;
        }

        Directory.Delete(_path, recursive: true);
    }
}
