using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace AlignOps.Promotion.Webhooks;

/// <summary>
/// Posts one delivery. The address that was checked is the one connected to, redirects are not followed and no proxy is asked, so that a name cannot lead inside.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly IOptions<WebhookOptions> _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookSender(IOptions<WebhookOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <returns>The answer's status where there was one, and what went wrong where something did.</returns>
    public async Task<(int? Status, string? Fault)> SendAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (WebhookSecrets.Find(delivery.Secret) is not { } secret) return (null, $"The environment variable {WebhookSecrets.VariableOf(delivery.Secret)} has no secret to sign with.");
        if (!_options.Value.AllowPrivateAddresses && !delivery.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return (null, "Only https is told; http is for private networks, which are not allowed here.");

        var now = _time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", delivery.DeliveryId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(secret, delivery.DeliveryId, now, delivery.Body));
        request.Headers.UserAgent.ParseAdd("AlignOps");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Value.Timeout);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : $"The endpoint answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException fault)
        {
            return (null, $"The endpoint could not be reached: {fault.InnerException?.Message ?? fault.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"The endpoint did not answer within {_options.Value.Timeout.TotalSeconds:0.#} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (!_options.Value.AllowPrivateAddresses) addresses = [.. addresses.Where(PublicAddress.Is)];
        if (addresses.Length == 0) throw new IOException($"{context.DnsEndPoint.Host} has no public address, and others are not allowed.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
