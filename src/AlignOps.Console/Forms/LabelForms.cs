using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Api;
using AlignOps.WebConsole.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.WebConsole.Forms;

/// <summary>A person's label, and the wish that people be asked.</summary>
internal static class LabelForms
{
    public static void Map(IEndpointRouteBuilder forms)
    {
        forms.MapPost("/label/{itemId}", LabelAsync);
        forms.MapPost("/runs/{runId}/labels", AskAsync);
    }

    private static async Task<IResult> LabelAsync(string itemId, HttpContext http, ApiClient api, Notes notes)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var path = $"/v1/labels/{Uri.EscapeDataString(itemId)}";
        var skips = form["say"].ToString() == "skip";
        var answer = await api.PostAsync(
            http.User, ApiRoom.Evaluation, skips ? path + "/skip" : path,
            new { choice = form["choice"].ToString(), firstLevel = form["firstLevel"].ToString(), secondLevel = form["secondLevel"].ToString() }, http.RequestAborted);
        if (!answer.Good) notes.Leave(http, new Note(false, answer.Sentence));
        return TypedResults.LocalRedirect(LabelReader.Query("/label", form["pipeline"], form["run"]));
    }

    private static async Task<IResult> AskAsync(string runId, HttpContext http, ApiClient api, Notes notes)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var run = Uri.EscapeDataString(runId);
        int? items = int.TryParse(form["items"], out var given) ? given : null;
        var answer = await api.PostAsync(http.User, ApiRoom.Evaluation, $"/v1/runs/{run}/labels", new { items }, http.RequestAborted);
        notes.Leave(http, new Note(answer.Good, answer.Good ? "The pairs wait for people under Labels." : answer.Sentence));
        return TypedResults.LocalRedirect($"/runs/{run}/gate");
    }
}
