using System.Text.Json;
using AlignOps.Intake;
using AlignOps.Intake.Batches;
using AlignOps.Intake.Inbox;
using AlignOps.Platform.Hosting;
using AlignOps.Tests.Intake.Compliance;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AlignOps.Tests.Intake;

public sealed class InboxTests : IDisposable
{
    private const string Row = """{"prompt":"q1","chosen":"a","rejected":"b"}""";

    private readonly string _root = Directory.CreateTempSubdirectory("alignops-inbox-").FullName;
    private readonly SettableClock _clock = new();

    private string Inbox => Directory.CreateDirectory(Path.Combine(_root, "inbox", IntakeProcess.Pipeline)).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Look_FileThatIsStillWritten_WaitsUntilItHasSettled()
    {
        await using var process = await StartAsync();
        var folder = Folder(process);
        await File.WriteAllTextAsync(At("week.jsonl"), Row);
        await folder.LookAsync(default);
        _clock.Now += TimeSpan.FromSeconds(4);
        await File.AppendAllTextAsync(At("week.jsonl"), "\n" + Row.Replace("q1", "q2", StringComparison.Ordinal));
        await folder.LookAsync(default);
        _clock.Now += TimeSpan.FromSeconds(4);
        await folder.LookAsync(default);
        Assert.Equal(["week.jsonl"], Files());

        _clock.Now += TimeSpan.FromSeconds(2);
        await folder.LookAsync(default);

        var report = await ReportAsync("week.jsonl.b-*.report.json");
        Assert.Equal((2, "week.jsonl", "inbox"), (report.Accepted, report.Name, report.PushedBy));
        Assert.Equal([$"week.jsonl.{report.BatchId}.done", $"week.jsonl.{report.BatchId}.report.json"], Files());
    }

    [Fact]
    public async Task Look_SameContentUnderAnotherName_IsTheSameBatch()
    {
        await using var process = await StartAsync();
        var folder = Folder(process);
        await File.WriteAllTextAsync(At("a.jsonl"), Row);
        await SettleAsync(folder);
        await File.WriteAllTextAsync(At("b.jsonl"), Row);
        await SettleAsync(folder);

        Assert.Equal(1, await process.ScalarAsync<long>("select count(*) from intake_batch"));
        Assert.Equal((await ReportAsync("a.jsonl.*.report.json")).BatchId, (await ReportAsync("b.jsonl.*.report.json")).BatchId);
    }

    [Fact]
    public async Task Look_ProcessDiedAnywhereInBetween_TheFileBecomesOneBatch()
    {
        await using var process = await StartAsync();
        // Died before the push; and after the push, before the last name.
        await File.WriteAllTextAsync(At("before.jsonl.processing"), Row);
        const string Other = """{"prompt":"q9","chosen":"a","rejected":"b"}""";
        await File.WriteAllTextAsync(At("after.jsonl.processing"), Other);
        var pushed = await process.AcceptedAsync(Other);

        await Folder(process).LookAsync(default);

        Assert.Equal(pushed.BatchId, (await ReportAsync("after.jsonl.*.report.json")).BatchId);
        Assert.Equal(1, (await ReportAsync("before.jsonl.*.report.json")).Accepted);
        Assert.Equal(2, await process.ScalarAsync<long>("select count(*) from intake_batch"));
        Assert.DoesNotContain(Files(), name => name.EndsWith(".processing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_BadFiles_EndInRejectedWithTheirReason()
    {
        await using var process = await StartAsync();
        var outside = Path.Combine(_root, "secret.jsonl");
        await File.WriteAllTextAsync(outside, Row);
        File.CreateSymbolicLink(At("link.jsonl"), outside);
        File.CreateSymbolicLink(At("left.jsonl.processing"), outside);
        await File.WriteAllTextAsync(At("scores.csv"), "question,answer,rating\nq,a,1\n");
        await File.WriteAllTextAsync(At("broken.jsonl"), "{ broken\n{ too");
        await File.WriteAllTextAsync(At("zip.zip"), "PK\u0003\u0004...");
        await File.WriteAllTextAsync(At(".hidden"), Row);
        await File.WriteAllTextAsync(At("upload.jsonl.part"), Row);
        await File.WriteAllTextAsync(At("empty.jsonl"), "");

        await SettleAsync(Folder(process));

        Assert.Equal([".hidden", "empty.jsonl", "upload.jsonl.part"], Files());
        Assert.Equal("symbolic-link", await CodeAsync("link.jsonl"));
        Assert.Equal("symbolic-link", await CodeAsync("left.jsonl"));
        Assert.Equal("ambiguous-format", await CodeAsync("scores.csv"));
        Assert.Equal("archive-not-taken", await CodeAsync("zip.zip"));
        Assert.Equal(2, JsonDocument.Parse(await File.ReadAllTextAsync(At("rejected/broken.jsonl.report.json"))).RootElement.GetProperty("rejected").GetInt32());
        Assert.Equal(Row, await File.ReadAllTextAsync(outside));
        Assert.Equal(0, await process.ScalarAsync<long>("select count(*) from intake_row where verdict = 'accepted'"));
    }

    private Task<IntakeProcess> StartAsync() => IntakeProcess.StartAsync(new PlatformOptions { DataFolder = Path.Combine(_root, "state") });

    private InboxFolder Folder(IntakeProcess process) =>
        new(Inbox, process.Get<BatchPush>(), Options.Create(new IntakeOptions()), _clock, NullLogger.Instance);

    private async Task SettleAsync(InboxFolder folder)
    {
        await folder.LookAsync(default);
        _clock.Now += TimeSpan.FromSeconds(6);
        await folder.LookAsync(default);
    }

    private string At(string name) => Path.Combine(Inbox, name);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Inbox).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private async Task<BatchReport> ReportAsync(string pattern) =>
        JsonSerializer.Deserialize<BatchReport>(await File.ReadAllTextAsync(Directory.GetFiles(Inbox, pattern).Single()), JsonSerializerOptions.Web)!;

    private async Task<string?> CodeAsync(string name)
    {
        Assert.True(File.Exists(At("rejected/" + name)) || new FileInfo(At("rejected/" + name)).LinkTarget is not null);
        return JsonDocument.Parse(await File.ReadAllTextAsync(At($"rejected/{name}.report.json"))).RootElement.GetProperty("code").GetString();
    }

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 7, 11, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
