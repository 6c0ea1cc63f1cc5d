namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>A workplace with AlignOps up on it, for tests that push.</summary>
public sealed class RunningWorkplace : IAsyncLifetime
{
    private AlignOpsProgram? _program;

    public Workplace Place { get; } = new();

    public string Data => Place.Below("state");

    public string Url { get; private set; } = "";

    internal AlignOpsProgram Program => _program!;

    public async Task InitializeAsync() => (_program, Url) = await AlignOpsProgram.UpAsync(Data, Place.Pipelines);

    public Task DisposeAsync()
    {
        _program?.Dispose();
        Place.Dispose();
        return Task.CompletedTask;
    }
}
