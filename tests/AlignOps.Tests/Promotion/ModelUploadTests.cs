using System.Formats.Tar;
using System.Text;
using AlignOps.Host.Cli;

namespace AlignOps.Tests.Promotion;

public sealed class ModelUploadTests : IAsyncLifetime
{
    private PromotionHost _host = null!;

    public async Task InitializeAsync() => _host = await PromotionHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Upload_AFolder_IsTheTreeThatCertificationTakes()
    {
        var expected = await _host.TreeAsync("config.json", "base");
        var directory = await _host.Blobs.MaterializeAsync(expected, CancellationToken.None);

        var stored = await _host.UploadAsync(new TarContent(directory));

        Assert.Equal((200, expected), (stored.Status, stored.Body.GetProperty("checkpoint").GetString()));
        Assert.Equal(200, (await _host.PostAsync("/v1/pipelines/assistant/champion", new { checkpoint = expected, reason = "first" })).Status);
    }

    [Theory]
    [InlineData("../escape.json", TarEntryType.RegularFile)]
    [InlineData("/etc/escape.json", TarEntryType.RegularFile)]
    [InlineData("below/config.json", TarEntryType.RegularFile)]
    [InlineData("..\\escape.json", TarEntryType.RegularFile)]
    [InlineData("..", TarEntryType.RegularFile)]
    [InlineData("link.json", TarEntryType.SymbolicLink)]
    [InlineData("hard.json", TarEntryType.HardLink)]
    [InlineData("folder", TarEntryType.Directory)]
    public async Task Upload_AnEntryThatLeadsElsewhere_IsRefused(string name, TarEntryType type)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            var entry = new PaxTarEntry(type, name);
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = "/etc/passwd";
            if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream("{}"u8.ToArray());
            await writer.WriteEntryAsync(entry);
        }

        var refused = await _host.UploadAsync(new ByteArrayContent(archive.ToArray()));

        Assert.Equal((422, "model-unusable"), (refused.Status, refused.Body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no archive")]
    public async Task Upload_NoArchive_IsRefused(string body) => Assert.Equal(422, (await _host.UploadAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)))).Status);

    [Fact]
    public async Task Upload_AnArchiveThatWasCutOff_IsRefused()
    {
        var directory = await _host.Blobs.MaterializeAsync(await _host.TreeAsync("config.json", "base"), CancellationToken.None);
        var whole = await new TarContent(directory).ReadAsByteArrayAsync();

        Assert.Equal(422, (await _host.UploadAsync(new ByteArrayContent(whole[..700]))).Status);
    }
}
