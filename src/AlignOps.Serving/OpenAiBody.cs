using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlignOps.Serving;

/// <summary>Reads a request's JSON, or says in OpenAI's shape why it cannot be read.</summary>
internal static class OpenAiBody
{
    /// <summary>A conversation is far smaller, and tokenizing a larger text would keep others waiting.</summary>
    private const long Limit = 1024 * 1024;

    public static async Task<(JsonElement Body, OpenAiError? Error)> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Limit;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (default, OpenAiError.Invalid("invalid_json", null, $"The body is not JSON: {exception.Message}"));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, OpenAiError.TooLarge(Limit));
        }
    }
}
