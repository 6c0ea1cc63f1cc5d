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
            return HoldsText(document.RootElement)
                ? (document.RootElement.Clone(), null)
                : (default, OpenAiError.Invalid("invalid_json", null, "The body holds half of a surrogate pair, such as \\ud800 alone, which is no character."));
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

    /// <summary>JSON's grammar allows escapes that make no text; the reader throws at them only where a string is taken.</summary>
    private static bool HoldsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(HoldsText),
                JsonValueKind.Object => element.EnumerateObject().All(property => property.Name is not null && HoldsText(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
