using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Platform.Access;

internal static class AccessProblems
{
    public static ProblemHttpResult Of(int status, AccessFault fault) =>
        TypedResults.Problem(fault.Sentence, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = fault.Code });
}
