using System.Security.Claims;
using System.Text.Json;
using AlignOps.Platform.Storage;
using AlignOps.WebConsole.Api;

namespace AlignOps.WebConsole.Reading;

/// <summary>Asks evaluation, in the visitor's name, for what people judge and have judged, and for leagues.</summary>
internal sealed class LabelReader(IDatabase database, ApiClient api, TimeProvider time)
{
    public async Task<LabelsModel> ListAsync(ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(visitor, ApiRoom.Evaluation, "/v1/labels", cancellationToken);
        return new LabelsModel(answer is { Good: true, Body.ValueKind: JsonValueKind.Array } ? answer.Body.Deserialize<List<LabelRound>>(JsonSerializerOptions.Web) : null, time.GetUtcNow());
    }

    /// <summary>The visitor's next pair, which is theirs from then on.</summary>
    public async Task<LabelModel> NextAsync(string? pipeline, string? run, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        var (chosen, of) = (string.IsNullOrEmpty(pipeline) ? null : pipeline, string.IsNullOrEmpty(run) ? null : run);
        var answer = await api.PostAsync(visitor, ApiRoom.Evaluation, Query("/v1/labels/next", chosen, of), new { }, cancellationToken);
        return new LabelModel(answer.Read<LabelPair>(), chosen, of, answer.Good ? null : answer.Sentence);
    }

    public async Task<LeagueModel> LeagueAsync(string? pipeline, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var pipelines = await RunsReader.PipelinesAsync(reader);
        var chosen = pipelines.Contains(pipeline ?? "") ? pipeline : pipelines.FirstOrDefault();
        return new LeagueModel(
            pipelines, chosen,
            chosen is null ? null : (await api.GetAsync(visitor, ApiRoom.Evaluation, $"/v1/pipelines/{Uri.EscapeDataString(chosen)}/league", cancellationToken)).Read<LeagueModel.Table>());
    }

    internal static string Query(string path, string? pipeline, string? run) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
        path, new Dictionary<string, string?> { ["pipeline"] = pipeline, ["run"] = run }.Where(pair => !string.IsNullOrEmpty(pair.Value)));
}
