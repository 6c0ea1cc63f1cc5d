using AlignOps.EndToEnd.Tests.Pipelines;
using AlignOps.Host.Cli;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary><c>alignops up</c> that cannot start, and the keys that decide who may call.</summary>
public sealed class StartTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Up_DataFolderThatCannotBeWritten_IsRefused() =>
        (await UpAsync("--data", Path.Combine(_place.WriteFile("plain-file", ""), "state"))).Refused(ExitCode.Usage, "cannot be written to", "--data");

    [Fact]
    public async Task Up_OpenAddressWithoutAKey_IsRefused() =>
        (await UpAsync("--data", _place.Below("state"), "--address", "0.0.0.0")).Refused(ExitCode.Usage, "no access key");

    [Fact]
    public async Task Up_MissingPipelinesFolder_IsRefused() =>
        (await AlignOpsProgram.RunAsync("up", "--data", _place.Below("state"), "--pipelines", _place.Below("nowhere"), "--port", "0")).Refused(ExitCode.Usage, "nowhere", "--pipelines");

    [Theory]
    [InlineData("intake,traning", "postgres://a@b/c", "There is no role 'traning'")]
    [InlineData("intake", "postgres//nowhere", "Database cannot be read")]
    [InlineData("intake", "postgres://alignops@127.0.0.1:1/alignops", "PostgreSQL at 127.0.0.1:1")]
    public async Task Up_SettingsThatCannotWork_SaysWhichAndWhy(string roles, string database, string says) =>
        (await UpAsync("--data", _place.Below("state"), "--roles", roles, "--database", database, "--bus", "amqp://127.0.0.1:1/")).Refused(ExitCode.Usage, says);

    [Fact]
    public async Task Up_NobodyListensForTheBroker_IsRefusedWithinSeconds()
    {
        await using var scratch = await PostgresScratch.CreateAsync();
        var started = TimeProvider.System.GetTimestamp();

        var result = await UpAsync("--data", _place.Below("state"), "--roles", "intake", "--database", scratch.ConnectionString, "--bus", "amqp://127.0.0.1:1/");

        result.Refused(ExitCode.Usage, "RabbitMQ at 127.0.0.1:1", "--bus");
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 30);
    }

    [Fact]
    public async Task Up_ArgumentThatIsNoNumber_IsAUsageError() =>
        Assert.Equal(ExitCode.Usage, (await UpAsync("--port", "many")).ExitCode);

    [Fact]
    public async Task Key_FirstKeyMade_IsRequiredFromThenOnAndCtrlCStopsTheService()
    {
        var (program, url) = await AlignOpsProgram.UpAsync(_place.Below("state"), _place.Pipelines);
        using var running = program;
        Assert.Contains("SQLite 3.", running.Output, StringComparison.Ordinal);
        (await AlignOpsProgram.RunAsync("runs", "--server", url)).Succeeded();

        (await AlignOpsProgram.RunAsync("key", "create", "anna", "--role", "product", "--server", url)).Refused(ExitCode.Refused, "admin");
        var made = await AlignOpsProgram.RunAsync("key", "create", "anna", "--role", "admin", "--server", url);
        made.Succeeded("ao_");

        (await AlignOpsProgram.RunAsync("runs", "--server", url)).Refused(ExitCode.Forbidden, "key");
        (await AlignOpsProgram.RunAsync("key", "list", "--server", url, "--key", made.Output.Trim())).Succeeded("anna");

        running.PressCtrlC();
        Assert.Equal(ExitCode.Success, (await running.EndAsync()).ExitCode);
    }

    private Task<ProgramResult> UpAsync(params string[] arguments) =>
        AlignOpsProgram.RunAsync(["up", "--pipelines", _place.Pipelines, "--port", "0", .. arguments]);
}
