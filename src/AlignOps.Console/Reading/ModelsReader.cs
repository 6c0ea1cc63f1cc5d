using System.Security.Claims;
using System.Text.Json;
using AlignOps.Platform.Storage;
using AlignOps.WebConsole.Api;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads champions by view and their history from promotion.</summary>
internal sealed class ModelsReader(IDatabase database, ApiClient api, TimeProvider time)
{
    private const int Shown = 10;

    public async Task<ModelsModel> ReadAsync(ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var pipelines = new List<PipelineModels>();
        foreach (var champion in await reader.ListAsync<ChampionLine>($"select {ChampionLine.Columns} from promotion_v_champions order by pipeline"))
        {
            var history = await api.GetAsync(visitor, ApiRoom.Promotion, $"/v1/pipelines/{Uri.EscapeDataString(champion.Pipeline)}/history", cancellationToken);
            pipelines.Add(new PipelineModels(
                champion,
                history.Good ? [.. history.Body.Deserialize<ChampionVersion[]>(JsonSerializerOptions.Web)!.OrderByDescending(one => one.Version)] : [],
                await DeploymentReader.OfAsync(reader, champion.Pipeline),
                await reader.ListAsync<RunLine>(
                    $"select {RunLine.Columns} from pipelines_v_runs r where r.pipeline = @Pipeline and r.candidate_adapter is not null order by r.started_at desc limit @Shown",
                    new { champion.Pipeline, Shown })));
        }

        return new ModelsModel(pipelines, time.GetUtcNow());
    }
}
