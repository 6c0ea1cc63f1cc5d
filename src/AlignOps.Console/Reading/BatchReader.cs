using System.Security.Claims;
using AlignOps.Platform.Storage;
using AlignOps.WebConsole.Api;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads batches by view, and one batch's rows from intake.</summary>
internal sealed class BatchReader(IDatabase database, ApiClient api, TimeProvider time)
{
    private const string From = "from intake_v_batches b left join pipelines_v_batches p on p.batch_id = b.batch_id";

    public async Task<BatchesModel> ListAsync(string? pipeline, string? state, int page, CancellationToken cancellationToken)
    {
        var at = Math.Clamp(page, 1, 10_000);
        var chosen = string.IsNullOrEmpty(pipeline) ? null : pipeline;
        var wanted = BatchesModel.States.Contains(state) ? state : null;
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        var batches = await reader.ListAsync<BatchLine>(
            $"""
            select {BatchLine.Columns} {From}
            where (cast(@chosen as text) is null or b.pipeline = @chosen) and (cast(@wanted as text) is null or p.state = @wanted)
            order by b.pushed_at desc, b.batch_id
            limit @limit offset @offset
            """,
            new { chosen, wanted, limit = BatchesModel.Size + 1, offset = (at - 1) * BatchesModel.Size });
        return new BatchesModel([.. batches.Take(BatchesModel.Size)], await RunsReader.PipelinesAsync(reader), chosen, wanted, at, batches.Count > BatchesModel.Size, time.GetUtcNow());
    }

    public async Task<BatchModel?> FindAsync(string batchId, string? verdict, int after, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        if (await reader.FindAsync<BatchLine>($"select {BatchLine.Columns} {From} where b.batch_id = @batchId", new { batchId }) is not { } batch)
        {
            return null;
        }

        var wanted = BatchModel.Verdicts.Contains(verdict) ? verdict : null;
        var path = $"/v1/batches/{Uri.EscapeDataString(batchId)}";
        var report = await api.GetAsync(visitor, ApiRoom.Intake, path, cancellationToken);
        var rows = await api.GetAsync(visitor, ApiRoom.Intake, $"{path}/rows?after={after}{(wanted is null ? "" : $"&verdict={wanted}")}", cancellationToken);
        return new BatchModel(batch, report.Read<BatchReport>(), rows.Read<BatchRows>(), wanted, time.GetUtcNow());
    }
}
