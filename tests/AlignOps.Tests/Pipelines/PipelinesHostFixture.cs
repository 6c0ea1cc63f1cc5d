namespace AlignOps.Tests.Pipelines;

/// <summary>One host with one sound pipeline and a champion, for a class of tests.</summary>
public sealed class PipelinesHostFixture : IAsyncLifetime
{
    internal const string Yaml = """
        pipeline: support
        description: Answers customers.
        synthesis: { method: sampled }
        schedule: { cron: "0 0 3 ? * SUN", time_zone: Europe/Zurich }
        """;

    internal PipelinesHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await PipelinesHost.StartAsync(Yaml);
        await Host.RegisterChampionAsync();
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
