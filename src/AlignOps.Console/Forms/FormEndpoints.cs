using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.WebConsole.Forms;

/// <summary>Every form becomes one call of the API in the visitor's name; then the browser is sent to the page that shows what came of it.</summary>
internal static class FormEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var forms = pages.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/runs/{runId}/approve", (string runId, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Promotion, HttpMethod.Post, $"/v1/runs/{Part(runId)}/approve", $"/runs/{Part(runId)}", "Your approval is on record."));
        forms.MapPost("/runs/{runId}/reject", (string runId, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Promotion, HttpMethod.Post, $"/v1/runs/{Part(runId)}/reject", $"/runs/{Part(runId)}", "The run is rejected and its batches are held."));
        forms.MapPost("/pipelines/{pipeline}/rollback", (string pipeline, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Promotion, HttpMethod.Post, $"/v1/pipelines/{Part(pipeline)}/rollback", $"/models#{Part(pipeline)}", $"{pipeline} is rolled back and held there."));
        forms.MapPost("/pipelines/{pipeline}/hold", (string pipeline, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Promotion, HttpMethod.Post, $"/v1/pipelines/{Part(pipeline)}/hold", $"/models#{Part(pipeline)}", $"{pipeline} promotes nothing until someone lifts the hold."));
        forms.MapPost("/pipelines/{pipeline}/unhold", (string pipeline, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Promotion, HttpMethod.Delete, $"/v1/pipelines/{Part(pipeline)}/hold", $"/models#{Part(pipeline)}", $"The hold on {pipeline} is lifted."));
        forms.MapPost("/batches/{batchId}/release", (string batchId, HttpContext http, ApiClient api, Notes notes) =>
            SayAsync(http, api, notes, ApiRoom.Pipelines, HttpMethod.Post, $"/v1/batches/{Part(batchId)}/release", $"/batches/{Part(batchId)}", "The batch is released and runs again, alone."));
        LabelForms.Map(forms);
        forms.MapPost("/batches", PushAsync).WithMetadata(new RequestSizeLimitAttribute(FormGuard.LargestFile + (1 << 20)));
    }

    private static async Task<IResult> SayAsync(
        HttpContext http, ApiClient api, Notes notes, ApiRoom room, HttpMethod method, string path, string back, string done)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        int? version = int.TryParse(form["version"], out var given) ? given : null;
        using var body = JsonContent.Create(new { reason = form["reason"].ToString(), to = version });
        var answer = await api.SendAsync(http.User, room, method, path, body, http.RequestAborted);
        notes.Leave(http, new Note(answer.Good, answer.Good ? done : answer.Sentence));
        return TypedResults.LocalRedirect(back);
    }

    private static async Task<IResult> PushAsync(HttpContext http, ApiClient api, Notes notes)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var pipeline = form["pipeline"].ToString();
        if (form.Files["file"] is not { } file || pipeline.Length == 0)
        {
            notes.Leave(http, new Note(false, "Choose a pipeline and a file."));
            return TypedResults.LocalRedirect("/batches");
        }

        await using var content = file.OpenReadStream();
        using var body = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        var answer = await api.SendAsync(
            http.User, ApiRoom.Intake, HttpMethod.Post, $"/v1/pipelines/{Part(pipeline)}/batches?name={Part(Path.GetFileName(file.FileName))}", body, http.RequestAborted);
        if (!answer.Good || answer.Body.ValueKind != JsonValueKind.Object || !answer.Body.TryGetProperty("batchId", out var batchId))
        {
            notes.Leave(http, new Note(false, answer.Sentence));
            return TypedResults.LocalRedirect("/batches");
        }

        notes.Leave(http, new Note(true, answer.Status == StatusCodes.Status201Created ? "The batch is accepted; this is what became of its rows." : "This content was pushed before; this is what became of its rows."));
        return TypedResults.LocalRedirect($"/batches/{Part(batchId.GetString()!)}");
    }

    private static string Part(string text) => Uri.EscapeDataString(text);
}
