using AlignOps.Platform.Hosting;
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
    private readonly HandlerWatch _handlers;
    private readonly BusWatchdog _watchdog;

    public BusWatchdogTests()
    {
        _handlers = new HandlerWatch(_time);
        _watchdog = new BusWatchdog(null!, _handlers, new PlatformOptions(), null!, _time, NullLogger<BusWatchdog>.Instance);
    }

    [Fact]
    public void Observe_DegradedForOverAMinute_SaysWhatIsWrong()
    {
        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(_watchdog.Observe(Degraded, brokerAnswers: true));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("Degraded Endpoints: alignops.beta", _watchdog.Observe(Degraded, brokerAnswers: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Stalled_HandlerPastItsBound_NamesItUntilItIsThrough()
    {
        using (_handlers.Enter("alignops.act m-1 in beta"))
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            using (_handlers.Enter("alignops.act m-2 in beta"))
            {
                Assert.Null(_watchdog.Stalled());
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.Contains("alignops.act m-1 in beta", _watchdog.Stalled(), StringComparison.Ordinal);
        }

        Assert.Null(_watchdog.Stalled());
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
