using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Platform.Compliance;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

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

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.PrepareAsync(deployment.Options with { Roles = ["delta"] }));

        Assert.Equal("unknown-role", refused.Code);
        Assert.Contains("alpha, beta, test", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_OpenAddressWithoutAnyKey_IsRefusedUnlessAnAdminKeyIsGiven()
    {
        const string Key = "ao_0123456789abcdef0123456789abcdef";
        await using var deployment = new EmbeddedDeployment();
        var open = deployment.Options with { Urls = ["http://0.0.0.0:8080"] };

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TestPlatform.PrepareAsync(open));
        Assert.Equal("bind-needs-key", refused.Code);

        await using var platform = await TestPlatform.PrepareAsync(open with { AdminKey = Key });
        Assert.Equal(AccessRole.Admin, (await platform.Get<AccessKeys>().FindAsync(Key, CancellationToken.None))?.Role);
        Assert.Equal("bootstrap", Assert.Single(await platform.Get<IAccessKeys>().ListAsync(CancellationToken.None)).Name);
    }

    [Fact]
    public async Task CheckHealthAsync_FreshProcess_IsReady()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);

        Assert.Equal(HealthStatus.Healthy, (await platform.Get<HealthCheckService>().CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task AddServiceWorker_RoleHostedElsewhere_DoesNotRun()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.StartAsync(
            deployment.Options with { Roles = ["gamma"] },
            services => services.AddServiceWorker<Loop>("alpha").AddServiceWorker<OtherLoop>("gamma"));

        Assert.False(platform.Get<Loop>().Runs);
        Assert.True(platform.Get<OtherLoop>().Runs);
    }

    private class Loop : IHostedService
    {
        public bool Runs { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Runs = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class OtherLoop : Loop;

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
    public async Task OpenReadAsync_StatementThatWrites_IsRefused()
    {
        await using var deployment = new EmbeddedDeployment();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);

        await using (var connection = await platform.Database.OpenReadAsync(CancellationToken.None))
        {
            await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("delete from platform_job"));
        }

        await platform.WriteAsync(work => work.Connection.ExecuteAsync("delete from platform_job", transaction: work.Transaction));
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
