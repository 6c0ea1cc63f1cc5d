using AlignOps.Host.Hosting;

namespace AlignOps.Tests.Host;

public sealed class HostSettingsTests : IDisposable
{
    private readonly string _pipelines = Directory.CreateTempSubdirectory("alignops-pipelines-").FullName;

    public void Dispose() => Directory.Delete(_pipelines);

    [Theory]
    [InlineData("127.0.0.1", 8440, "http://127.0.0.1:8440")]
    [InlineData("::1", 0, "http://[::1]:0")]
    [InlineData("[::]", 80, "http://[::]:80")]
    [InlineData("*", 80, "http://*:80")]
    public void UrlOf_AddressAndPort_IsWhatTheServerReads(string address, int port, string url) =>
        Assert.Equal(url, HostSettings.UrlOf(address, port));

    [Theory]
    [InlineData("127.0.0.1", 8440)]
    [InlineData("::1", 0)]
    [InlineData("*", 80)]
    public void Faults_AddressThatCanBeListenedOn_None(string address, int port) =>
        Assert.Empty(Settings(HostSettings.UrlOf(address, port)).Faults());

    [Theory]
    [InlineData("127.0.0.1", 70000)]
    [InlineData("not an address", 80)]
    public void Faults_AddressThatIsNone_SaysWhichOptions(string address, int port)
    {
        var fault = Assert.Single(Settings(HostSettings.UrlOf(address, port)).Faults());
        Assert.Contains("--address", fault, StringComparison.Ordinal);
        Assert.Contains("--port", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_SeveralAtOnce_NamesEach()
    {
        var faults = new HostSettings("state", Path.Combine(_pipelines, "nowhere"), Roles: ["intake", "traning"]).Faults().ToArray();

        Assert.Equal(3, faults.Length);
        Assert.Contains("traning", faults[0], StringComparison.Ordinal);
        Assert.Contains("--pipelines", faults[1], StringComparison.Ordinal);
        Assert.Contains("--database", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void BusName_AddressWithAPassword_LeavesItOut()
    {
        Assert.Equal("RabbitMQ broker:5672", (Settings("http://127.0.0.1:0") with { Bus = "amqp://user:secret@broker/" }).BusName);
        Assert.Equal("a bus in memory", Settings("http://127.0.0.1:0").BusName);
    }

    private HostSettings Settings(string url) => new("state", _pipelines, url);
}
