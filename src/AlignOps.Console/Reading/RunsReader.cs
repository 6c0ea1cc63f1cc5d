using AlignOps.Platform.Storage;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads the list of runs.</summary>
internal sealed class RunsReader(IDatabase database, TimeProvider time)
{
    public async Task<RunsModel> ReadAsync(string? pipeline, string? state, int page, CancellationToken cancellationToken)
    {
        var at = Math.Clamp(page, 1, 10_000);
        var chosen = string.IsNullOrEmpty(pipeline) ? null : pipeline;
        var wanted = RunsModel.States.Contains(state) ? state : null;
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var runs = await reader.ListAsync<RunLine>(
            $"""
            select {RunLine.Columns} from pipelines_v_runs r
            where (cast(@chosen as text) is null or r.pipeline = @chosen) and (cast(@wanted as text) is null or r.state = @wanted)
            order by r.started_at desc, r.run_id
            limit @limit offset @offset
            """,
            new { chosen, wanted, limit = RunsModel.Size + 1, offset = (at - 1) * RunsModel.Size });
        return new RunsModel([.. runs.Take(RunsModel.Size)], await PipelinesAsync(reader), chosen, wanted, at, runs.Count > RunsModel.Size, time.GetUtcNow());
    }

    public static Task<IReadOnlyList<string>> PipelinesAsync(Reader reader) =>
        reader.ListAsync<string>("select pipeline from pipelines_v_definitions union select pipeline from pipelines_v_runs order by pipeline");
}
