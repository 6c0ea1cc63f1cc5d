using AlignOps.Host.Commands;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Diagnosis;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Host;

public sealed class DoctorTests
{
    [Fact]
    public async Task RunAsync_BesideARunningProcess_FindsWhatIsWrongWithItsDatabase()
    {
        await using var server = await RunningServer.StartAsync();
        var settings = new HostSettings(server.DataFolder, "pipelines");

        Assert.All(await ExamineAsync(settings), finding => Assert.True(finding.Well, finding.Sentence));

        await server.Services.GetRequiredService<IDatabase>().WriteAsync((work, _) => work.Connection.ExecuteAsync(
            "insert into platform_dead_letter(message_id, consumer, entity, body, deliveries, error, dead_at) values ('m', 'intake', 'e', '{}', 5, 'boom', 0)", transaction: work.Transaction), default);
        Assert.Contains("/v1/dead-letters", Assert.Single(await ExamineAsync(settings), finding => !finding.Well).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ServersThatAreNotThere_NamesThemWithoutTheirPasswordsAndSaysWhatToDo()
    {
        var settings = new HostSettings(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), "pipelines", Database: "postgres://u:topsecret@127.0.0.1:9/x", Bus: "amqp://u:topsecret@127.0.0.1:9/");

        var findings = await ExamineAsync(settings);

        Assert.Equal(["bus", "database"], findings.Where(finding => !finding.Well).Select(finding => finding.Subject).Order());
        Assert.DoesNotContain(findings, finding => $"{finding.Sentence}{finding.Remedy}".Contains("topsecret", StringComparison.Ordinal));
        Assert.False(Directory.Exists(settings.Data));
    }

    [Fact]
    public async Task RunAsync_AddressThatCannotBeRead_IsAFinding()
    {
        var findings = await ExamineAsync(new HostSettings(Path.GetTempPath(), "pipelines", Database: "postgres://", Bus: "rabbit"));

        Assert.Equal(2, findings.Count(finding => finding is { Well: false, Subject: "settings" }));
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(HostSettings settings) => DoctorCommand.ExamineAsync(settings, CancellationToken.None);
}
