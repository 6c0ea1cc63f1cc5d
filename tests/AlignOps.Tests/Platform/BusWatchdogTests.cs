using AlignOps.Platform.Messaging;
using AlignOps.Tests.Platform.Compliance;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignOps.Tests.Platform;

public sealed class BusWatchdogTests
{
    private static readonly BusHealthResult Healthy = BusHealthResult.Healthy("Ready", new Dictionary<string, EndpointHealthResult>());
    private static readonly BusHealthResult Degraded = BusHealthResult.Degraded("Degraded Endpoints: alignops.beta", new InvalidOperationException(), new Dictionary<string, EndpointHealthResult>());

    private readonly ManualTime _time = new();
    private readonly BusWatchdog _watchdog;

    public BusWatchdogTests()
    {
        _watchdog = new BusWatchdog(null!, null!, null!, _time, NullLogger<BusWatchdog>.Instance);
    }

    [Fact]
    public void Observe_DegradedForOverAMinute_SaysWhatIsWrong()
    {
        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Degraded Endpoints: alignops.beta", _watchdog.Observe(Degraded, brokerAnswers: true));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Observe_WholeAgainOrBrokerDownInBetween_CountsFromAnew(bool wholeAgain, bool brokerAnswers)
    {
        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(_watchdog.Observe(wholeAgain ? Healthy : Degraded, brokerAnswers));
        _time.Advance(TimeSpan.FromSeconds(50));

        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
    }
}
