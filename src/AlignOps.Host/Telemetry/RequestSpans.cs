using System.Diagnostics;

namespace AlignOps.Host.Telemetry;

/// <summary>Names the server's span of a request after its route, as semantic conventions for HTTP have it, and leaves out what a path or query may say of people.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/http/http-spans/</remarks>
internal static class RequestSpans
{
    public static IApplicationBuilder UseRequestSpans(this IApplicationBuilder application) => application.Use(async (context, next) =>
    {
        var span = Activity.Current;
        await next(context);
        if (span is { IsAllDataRequested: true } && (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            span.DisplayName = $"{context.Request.Method} {route}";
            span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    });
}
