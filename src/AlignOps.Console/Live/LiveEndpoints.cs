using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Pages;
using AlignOps.WebConsole.Reading;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.WebConsole.Live;

internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/live/now", (HttpContext http, NowReader reader, LiveStream live, IAntiforgery forms) => TypedResults.ServerSentEvents(
            live.FollowAsync<NowModel>(async token => await reader.ReadAsync(token), _ => false, NowPage.Regions, Watcher(http, forms), http.RequestAborted)));
        pages.MapGet("/live/runs/{runId}", (string runId, string? answers, int? page, HttpContext http, RunReader reader, LiveStream live, IAntiforgery forms) => TypedResults.ServerSentEvents(
            live.FollowAsync(
                token => reader.FindAsync(runId, answers, page ?? 1, http.User, token), run => run.IsOver, RunPage.Regions, Watcher(http, forms), http.RequestAborted)));
    }

    /// <summary>The visitor without the note, which belongs to the next page.</summary>
    private static Visitor Watcher(HttpContext http, IAntiforgery forms) => Visitor.Of(http, forms, null);
}
