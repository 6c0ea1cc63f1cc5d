using AlignOps.Platform.Hosting;
using AlignOps.Tests.Intake.Compliance;

namespace AlignOps.Tests.Intake;

/// <summary>On SQLite and the in-memory transport.</summary>
public sealed class EmbeddedRowsTests : RowsCompliance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-intake-").FullName;

    protected override PlatformOptions Options => new() { DataFolder = _folder };

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    protected override Task PrepareAsync() => Task.CompletedTask;
}
