using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AlignOps.Host.Cli;

/// <summary>Talks to a running AlignOps and turns its refusals into <see cref="CommandException"/> with an exit code.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly HttpClient _http;

    public ServerClient(string url, string? key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandException(ExitCode.Usage, $"--server must be an http address such as {ServerOptions.DefaultUrl}, not '{url}'.");
        }

        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) => TextAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>Streams a file as the body; <paramref name="idempotencyKey"/> makes a retry of a lost answer harmless.</summary>
    public Task<JsonElement> UploadAsync(string path, Stream content, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return SendAsync(request, cancellationToken);
    }

    /// <summary>Uploads a model's folder, for as long as it takes.</summary>
    public Task<JsonElement> SendModelAsync(string directory, CancellationToken cancellationToken)
    {
        _http.Timeout = Timeout.InfiniteTimeSpan;
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, "/v1/models") { Content = new TarContent(directory) }, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await TextAsync(request, cancellationToken) is { Length: > 0 } text ? JsonSerializer.Deserialize<JsonElement>(text) : default;

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusal(response.StatusCode, text);
            }

            return text;
        }
        catch (HttpRequestException failure)
        {
            throw new CommandException(ExitCode.Unreachable,
                $"No AlignOps answers at {_http.BaseAddress} ({failure.Message}). Start one with 'alignops up', or name it with --server.");
        }
        finally
        {
            request.Dispose();
        }
    }

    private static CommandException Refusal(HttpStatusCode status, string text)
    {
        var exit = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Forbidden,
            HttpStatusCode.NotFound => ExitCode.NotFound,
            _ => ExitCode.Refused,
        };

        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(text);
            var code = problem.TextOr("code", ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return new CommandException(exit, $"{problem.TextOr("detail", problem.TextOr("title", status.ToString()))} [{code}]");
        }
        catch (JsonException)
        {
            return new CommandException(exit, $"The server answered {(int)status} {status}.");
        }
    }
}
