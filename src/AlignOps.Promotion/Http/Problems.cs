using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Promotion.Http;

internal static class Problems
{
    /// <summary>A refusal with a stable code for programs and a sentence for people.</summary>
    public static ProblemHttpResult Of(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static ProblemHttpResult NoChampion(string pipeline) => Of(StatusCodes.Status404NotFound, "no-champion", $"Pipeline {pipeline} has no champion. An admin certifies one with POST /v1/pipelines/{pipeline}/champion.");

    public static ProblemHttpResult NoReason() => Of(StatusCodes.Status400BadRequest, "reason-missing", "Say why, in the field reason: it goes on record beside your name.");
}
