using AlignOps.WebConsole.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.WebConsole.Pages;

internal static class PageEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", async (HttpContext http, NowReader reader, CancellationToken token) => PageResults.Of<NowPage>(http, await reader.ReadAsync(token)));
        pages.MapGet("/runs", async (string? pipeline, string? state, int? page, HttpContext http, RunsReader reader, CancellationToken token) =>
            PageResults.Of<RunsPage>(http, await reader.ReadAsync(pipeline, state, page ?? 1, token)));
        pages.MapGet("/runs/{runId}", async (string runId, string? answers, int? page, HttpContext http, RunReader reader, CancellationToken token) =>
            PageResults.OrMissing<RunPage>(http, await reader.FindAsync(runId, answers, page ?? 1, http.User, token), "run"));
        pages.MapGet("/runs/{runId}/gate", async (string runId, HttpContext http, GateReader reader, CancellationToken token) =>
            PageResults.OrMissing<GatePage>(http, await reader.FindAsync(runId, http.User, token), "run"));
        pages.MapGet("/labels", async (HttpContext http, LabelReader reader, CancellationToken token) => PageResults.Of<LabelsPage>(http, await reader.ListAsync(http.User, token)));
        pages.MapGet("/label", async (string? pipeline, string? run, HttpContext http, LabelReader reader, CancellationToken token) =>
            PageResults.Of<LabelPage>(http, await reader.NextAsync(pipeline, run, http.User, token)));
        pages.MapGet("/league", async (string? pipeline, HttpContext http, LabelReader reader, CancellationToken token) =>
            PageResults.Of<LeaguePage>(http, await reader.LeagueAsync(pipeline, http.User, token)));
        pages.MapGet("/models", async (HttpContext http, ModelsReader reader, CancellationToken token) => PageResults.Of<ModelsPage>(http, await reader.ReadAsync(http.User, token)));
        pages.MapGet("/judges", async (HttpContext http, JudgesReader reader, CancellationToken token) => PageResults.Of<JudgesPage>(http, await reader.ReadAsync(token)));
        pages.MapGet("/batches", async (string? pipeline, string? state, int? page, HttpContext http, BatchReader reader, CancellationToken token) =>
            PageResults.Of<BatchesPage>(http, await reader.ListAsync(pipeline, state, page ?? 1, token)));
        pages.MapGet("/batches/{batchId}", async (string batchId, string? verdict, int? after, HttpContext http, BatchReader reader, CancellationToken token) =>
            PageResults.OrMissing<BatchPage>(http, await reader.FindAsync(batchId, verdict, after ?? 0, http.User, token), "batch"));
    }
}
