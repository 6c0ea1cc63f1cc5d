using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Platform;

public sealed class StartTests
{
    [Fact]
    public async Task StartAsync_FolderOfARunningProcess_IsRefusedWithFolderAndOwner()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var first = await TestPlatform.StartAsync(deployment.Options);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.PrepareAsync(deployment.Options));

        Assert.Equal("data-folder-in-use", refused.Code);
        Assert.Contains(deployment.DataFolder, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_FolderOfAStoppedProcess_StartsAgain()
    {
        await using var deployment = new EmbeddedDeployment();
        await (await TestPlatform.StartAsync(deployment.Options)).DisposeAsync();

        await using var again = await TestPlatform.StartAsync(deployment.Options);

        Assert.Equal(0, await again.ScalarAsync<long>("select count(*) from platform_outbox"));
    }

    [Fact]
    public async Task StartAsync_FolderThatCannotBeMade_IsRefused()
    {
        await using var deployment = new EmbeddedDeployment();
        var file = Path.Combine(deployment.DataFolder, "file");
        await File.WriteAllTextAsync(file, "");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.PrepareAsync(new PlatformOptions { DataFolder = Path.Combine(file, "data") }));

        Assert.Equal("data-folder-read-only", refused.Code);
    }

    [Fact]
    public async Task StartAsync_UnknownRole_IsRefusedWithTheKnownOnes()
    {
        await using var deployment = new EmbeddedDeployment();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.PrepareAsync(deployment.Options with { Roles = ["gamma"] }));

        Assert.Equal("unknown-role", refused.Code);
        Assert.Contains("alpha, beta", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_MigrationThatRanReadsDifferently_IsRefused()
    {
        await using var deployment = new EmbeddedDeployment();
        await (await TestPlatform.PrepareAsync(deployment.Options, services => services.AddMigration("more", 1, "create table more_a(id text)"))).DisposeAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() =>
            TestPlatform.PrepareAsync(deployment.Options, services => services.AddMigration("more", 1, "create table more_b(id text)")));

        Assert.Equal("migration-changed", refused.Code);
    }

    [Fact]
    public async Task StartAsync_NewMigration_RunsAfterTheOldOnes()
    {
        await using var deployment = new EmbeddedDeployment();
        await (await TestPlatform.PrepareAsync(deployment.Options, services => services.AddMigration("more", 1, "create table more_a(id text)"))).DisposeAsync();

        await using var platform = await TestPlatform.PrepareAsync(deployment.Options, services => services
            .AddMigration("more", 2, "insert into more_a(id) values ('x')")
            .AddMigration("more", 1, "create table more_a(id text)"));

        Assert.Equal(1, await platform.ScalarAsync<long>("select count(*) from more_a"));
    }

    [Fact]
    public async Task WriteAsync_InsideWriteAsync_IsRefusedInsteadOfWaitingForItself()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);

        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.WriteAsync(_ => platform.WriteAsync(_ => Task.CompletedTask)));

        await platform.WriteAsync(work => Effects.AddAsync(work, "alpha", "still writes"));
    }
}
