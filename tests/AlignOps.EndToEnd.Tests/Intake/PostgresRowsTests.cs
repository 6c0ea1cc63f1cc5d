using AlignOps.Platform.Hosting;
using AlignOps.Tests.Intake.Compliance;

namespace AlignOps.EndToEnd.Tests.Intake;

/// <summary>On real PostgreSQL.</summary>
public sealed class PostgresRowsTests : RowsCompliance
{
    private PostgresScratch _scratch = null!;

    protected override PlatformOptions Options => new() { DataFolder = _scratch.DataFolder, Database = _scratch.ConnectionString };

    public override async Task DisposeAsync() => await _scratch.DisposeAsync();

    protected override async Task PrepareAsync() => _scratch = await PostgresScratch.CreateAsync();
}
