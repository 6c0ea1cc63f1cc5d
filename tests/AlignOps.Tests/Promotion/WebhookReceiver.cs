using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Promotion;

/// <summary>What an endpoint was told.</summary>
internal sealed record WebhookCall(string Id, string Timestamp, string Signature, string Body);

/// <summary>A real web server on this machine that takes webhooks down and answers as it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<WebhookCall> _calls = Channel.CreateUnbounded<WebhookCall>();
    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            _calls.Writer.TryWrite(new WebhookCall(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync()));
            context.Response.Headers.Location = "/elsewhere";
            return Results.StatusCode((int)Answer);
        });
    }

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.NoContent;

    public string Url => _app.Urls.Single() + "/hooks";

    public bool None => _calls.Reader.Count == 0;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<WebhookCall> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _calls.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
