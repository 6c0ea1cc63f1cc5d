using AlignOps.Models.Cpu;

namespace AlignOps.Tests.Training;

/// <summary>One running process for the tests of a class; each test takes a run id of its own.</summary>
public sealed class RoleHostFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-roles-").FullName;
    private RoleHost? _host;

    internal RoleHost Host => _host!;

    public async Task InitializeAsync() => _host = await RoleHost.StartAsync(_folder, new CpuPolicyEngine(threads: 2));

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
