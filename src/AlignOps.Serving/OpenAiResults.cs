using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Serving;

/// <summary>Answers by OpenAI's conventions: snake_case, and errors under one <c>error</c> key.</summary>
internal static class OpenAiResults
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static JsonHttpResult<T> Ok<T>(T value) => TypedResults.Json(value, Json);

    public static IResult Refuse(OpenAiError error) => new Refusal(error);

    internal sealed record ErrorBody(OpenAiError Error);

    private sealed class Refusal(OpenAiError error) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (error.RetryAfter is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            return TypedResults.Json(new ErrorBody(error), Json, statusCode: error.Status).ExecuteAsync(httpContext);
        }
    }
}
