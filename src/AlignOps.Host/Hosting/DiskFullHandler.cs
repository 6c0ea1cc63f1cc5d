using AlignOps.Platform.Blobs;
using Microsoft.AspNetCore.Diagnostics;

namespace AlignOps.Host.Hosting;

/// <summary>Answers a request that needed room on a full disk with 507 and its reason code: the caller keeps the batch and pushes it again later.</summary>
internal sealed class DiskFullHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DiskFullException)
        {
            return false;
        }

        await TypedResults.Problem(
            "The disk of this server is full; nothing of the request was kept. Send it again once there is room.",
            statusCode: StatusCodes.Status507InsufficientStorage,
            extensions: new Dictionary<string, object?> { ["code"] = DiskFullException.Code }).ExecuteAsync(httpContext);
        return true;
    }
}
