using AlignOps.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving;

/// <summary>Who is not let in is told so in OpenAI's shape.</summary>
internal sealed class OpenAiAccessRefusal : IAccessRefusal
{
    public IResult Of(int status, AccessFault fault) => OpenAiResults.Refuse(new OpenAiError(
        status, fault.Sentence, "invalid_request_error", null, status == StatusCodes.Status401Unauthorized ? "invalid_api_key" : "insufficient_permissions"));
}
