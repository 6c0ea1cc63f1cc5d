using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Pipelines.Http;

/// <summary>A refusal that a caller can act on: a stable code and a sentence.</summary>
internal static class Refusal
{
    public static ProblemHttpResult NotFound(string code, string sentence) => Of(StatusCodes.Status404NotFound, code, sentence);

    public static ProblemHttpResult Invalid(string code, string sentence) => Of(StatusCodes.Status400BadRequest, code, sentence);

    public static ProblemHttpResult Conflict(string code, string sentence) => Of(StatusCodes.Status409Conflict, code, sentence);

    private static ProblemHttpResult Of(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
