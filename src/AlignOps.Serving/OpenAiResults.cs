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

    public static JsonHttpResult<ErrorBody> Refuse(OpenAiError error) => TypedResults.Json(new ErrorBody(error), Json, statusCode: error.Status);

    internal sealed record ErrorBody(OpenAiError Error);
}
