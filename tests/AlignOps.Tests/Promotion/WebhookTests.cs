using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Promotion.Webhooks;

namespace AlignOps.Tests.Promotion;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string _name = $"t{Guid.NewGuid():N}";
    private WebhookReceiver _receiver = null!;
    private PromotionHost _host = null!;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(WebhookSecrets.VariableOf(_name), Secret);
        _receiver = await WebhookReceiver.StartAsync();
        _host = await PromotionHost.StartAsync(options => options.AllowPrivateAddresses = true);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
        Environment.SetEnvironmentVariable(WebhookSecrets.VariableOf(_name), null);
    }

    [Fact]
    public async Task Decision_OfAPipelineWithAnEndpoint_ArrivesSignedAndIsOnRecord()
    {
        await DefineAsync(_receiver.Url);
        var champion = await _host.CertifyAsync("first");
        await _host.DecideAsync("r-1", await _host.ModelAsync("second"), champion, better: 0.4);
        await _host.WebhookRoundAsync();

        var certified = await _receiver.NextAsync();
        var decided = await _receiver.NextAsync();
        foreach (var call in (WebhookCall[])[certified, decided])
        {
            var expected = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{call.Id}.{call.Timestamp}.{call.Body}")));
            Assert.Equal($"v1,{expected}", call.Signature);
            Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Timestamp, CultureInfo.InvariantCulture)), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        }

        var types = new[] { certified, decided }.Select(call => JsonSerializer.Deserialize<JsonElement>(call.Body)).ToDictionary(body => body.GetProperty("type").GetString()!);
        Assert.Equal("local", types["champion-certified"].GetProperty("data").GetProperty("actor").GetString());
        Assert.Equal("r-1", types["gate-decided"].GetProperty("data").GetProperty("content").GetProperty("runId").GetString());
        var listed = (await _host.GetAsync("/v1/pipelines/assistant/webhooks")).Body.EnumerateArray().ToList();
        Assert.Equal(["delivered", "delivered"], listed.Select(delivery => delivery.GetProperty("state").GetString()));
        Assert.DoesNotContain(listed, delivery => delivery.GetRawText().Contains(Secret, StringComparison.Ordinal));
        await _host.WebhookRoundAsync();
        Assert.True(_receiver.None);
    }

    [Fact]
    public async Task Delivery_ThatFails_IsTriedAgainUnderTheSameIdAndHoldsNothingUp()
    {
        await DefineAsync(_receiver.Url);
        _receiver.Answer = HttpStatusCode.InternalServerError;
        await _host.CertifyAsync("first");
        await _host.WebhookRoundAsync();
        var first = await _receiver.NextAsync();
        var waiting = Assert.Single((await _host.GetAsync("/v1/pipelines/assistant/webhooks")).Body.EnumerateArray());
        Assert.Equal(("pending", 1, 500), (waiting.GetProperty("state").GetString(), waiting.GetProperty("attempts").GetInt32(), waiting.GetProperty("status").GetInt32()));
        await _host.WebhookRoundAsync();
        Assert.True(_receiver.None);

        _receiver.Answer = HttpStatusCode.NoContent;
        await _host.ExecuteAsync("update promotion_webhook set not_before = 0");
        await _host.WebhookRoundAsync();

        var second = await _receiver.NextAsync();
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.Equal("delivered", (string)Assert.Single(await _host.QueryAsync("select state from promotion_v_webhooks")).state);
    }

    [Fact]
    public async Task Delivery_ThatNeverArrives_FailsForGoodAndSaysWhy()
    {
        await DefineAsync("http://127.0.0.1:1/");
        await _host.CertifyAsync("first");
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await _host.WebhookRoundAsync();
            await _host.ExecuteAsync("update promotion_webhook set not_before = 0");
        }

        var row = Assert.Single(await _host.QueryAsync("select * from promotion_v_webhooks"));
        Assert.Equal(("failed", 9L), ((string)row.state, (long)row.attempts));
        Assert.StartsWith("The endpoint could not be reached", (string)row.fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_WithoutItsSecret_IsNotSent()
    {
        await DefineAsync(_receiver.Url, secret: "nowhere");
        await _host.CertifyAsync("first");
        await _host.WebhookRoundAsync();

        Assert.True(_receiver.None);
        Assert.Contains("ALIGNOPS_WEBHOOK_NOWHERE", (string)Assert.Single(await _host.QueryAsync("select fault from promotion_v_webhooks")).fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_ThatAsksForSomeEvents_HearsNoOthers()
    {
        await DefineAsync(_receiver.Url, events: "gate");
        var champion = await _host.CertifyAsync("first");
        await _host.DecideAsync("r-1", await _host.ModelAsync("second"), champion, better: 0.4);
        await _host.WebhookRoundAsync();

        Assert.Contains("gate-decided", (await _receiver.NextAsync()).Body, StringComparison.Ordinal);
        Assert.True(_receiver.None);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await DefineAsync(_receiver.Url);
        _receiver.Answer = HttpStatusCode.Redirect;
        await _host.CertifyAsync("first");
        await _host.WebhookRoundAsync();

        await _receiver.NextAsync();
        Assert.True(_receiver.None);
        Assert.Equal(302L, (long)Assert.Single(await _host.QueryAsync("select status from promotion_v_webhooks")).status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/", "Only https")]
    [InlineData("https://127.0.0.1:{0}/", "no public address")]
    [InlineData("https://[::1]:{0}/", "no public address")]
    [InlineData("https://localhost:{0}/", "no public address")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/", "no public address")]
    public async Task PrivateAddress_WhereTheyAreNotAllowed_IsNeverCalled(string url, string says)
    {
        await using var guarded = await PromotionHost.StartAsync();
        await DefineAsync(string.Format(CultureInfo.InvariantCulture, url, new Uri(_receiver.Url).Port), host: guarded);
        await guarded.CertifyAsync("first");
        await guarded.WebhookRoundAsync();

        Assert.True(_receiver.None);
        Assert.Contains(says, (string)Assert.Single(await guarded.QueryAsync("select fault from promotion_v_webhooks")).fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:0a00:0001::", false)]
    [InlineData("2606:4700:4700::1111", true)]
    public void PublicAddress_ByIanasRegistries(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    /// <summary>The example of the Standard Webhooks specification's own libraries.</summary>
    [Fact]
    public void Sign_TheSpecificationsExample_GivesItsSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));

    [Fact]
    public void Validate_EveryFault_IsToldWithItsKey()
    {
        var section = new WebhookSection
        {
            Endpoints =
            [
                new() { Url = "ftp://x", Secret = "ops" },
                new() { Url = "https://user:pass@example.org/", Secret = "whsec_123" },
                new() { Url = "https://example.org/", Secret = "ops", Events = ["gate", "gates"] },
            ],
        };

        Assert.Equal(
            ["webhooks.endpoints[0].url", "webhooks.endpoints[1].url", "webhooks.endpoints[1].secret", "webhooks.endpoints[2].events"],
            new WebhookSectionDefinition().Validate(section).Select(fault => fault.Path));
        Assert.Empty(new WebhookSectionDefinition().Validate(new WebhookSection()));
    }

    private Task DefineAsync(string url, string? secret = null, string? events = null, PromotionHost? host = null) =>
        (host ?? _host).DefineAsync($"webhooks: {{ endpoints: [{{ url: \"{url}\", secret: {secret ?? _name}{(events is null ? "" : $", events: [{events}]")} }}] }}");
}
