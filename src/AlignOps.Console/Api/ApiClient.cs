using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using AlignOps.WebConsole.Access;
using Microsoft.Extensions.Logging;

namespace AlignOps.WebConsole.Api;

/// <summary>Calls the API as the visitor: with their key, so that what they may do is decided there and done in their name.</summary>
internal sealed partial class ApiClient(IHttpClientFactory clients, ApiAddresses addresses, ILogger<ApiClient> logger)
{
    public const string Name = "console";

    public Task<ApiAnswer> GetAsync(ClaimsPrincipal visitor, ApiRoom room, string path, CancellationToken cancellationToken) =>
        SendAsync(visitor, room, HttpMethod.Get, path, null, cancellationToken);

    public Task<ApiAnswer> PostAsync(ClaimsPrincipal visitor, ApiRoom room, string path, object body, CancellationToken cancellationToken) =>
        SendAsync(visitor, room, HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);

    public async Task<ApiAnswer> SendAsync(ClaimsPrincipal visitor, ApiRoom room, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(addresses.Of(room), path)) { Content = content };
        if (ConsoleAccess.KeyOf(visitor) is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using var response = await clients.CreateClient(Name).SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var body = Parse(text);
            return response.IsSuccessStatusCode
                ? new ApiAnswer(true, (int)response.StatusCode, "", body)
                : new ApiAnswer(false, (int)response.StatusCode, Refusal(body) ?? $"The {room} API answered {(int)response.StatusCode}.", body);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnreachable(fault, room, request.RequestUri!.Authority);
            return new ApiAnswer(false, 503, $"The {room} API does not answer; nothing was changed that it did not confirm. Try again.", default);
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Refusal(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String ? detail.GetString() : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Room} API at {Address} does not answer the console")]
    private partial void LogUnreachable(Exception fault, ApiRoom room, string address);
}
