using System.Security.Claims;
using AlignOps.Platform.Storage;
using AlignOps.WebConsole.Api;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads a gate's record with the evidence behind it.</summary>
internal sealed class GateReader(IDatabase database, StoredFiles files, ApiClient api, TimeProvider time)
{
    public async Task<GateModel?> FindAsync(string runId, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        await using var reader = await Reader.OpenAsync(database, cancellationToken);
        if (await reader.FindAsync<RunLine>($"select {RunLine.Columns} from pipelines_v_runs r where r.run_id = @runId", new { runId }) is not { } run)
        {
            return null;
        }

        var gate = await files.GateAsync(run.RecordDigest, cancellationToken);
        var evidence = gate is null ? null : await files.EvidenceAsync(gate.EvidenceDigest, cancellationToken);
        return new GateModel(
            run,
            gate,
            gate is null ? [] : SliceInterval.Of(gate, evidence),
            evidence is null ? null : EvidenceCurve.Of(EvidenceCurve.Outcomes(evidence), gate!.Policy.Alpha, final: true),
            gate is null ? null : (await api.GetAsync(visitor, ApiRoom.Evaluation, $"/v1/runs/{Uri.EscapeDataString(runId)}/labels", cancellationToken)).Read<PeopleFigures>(),
            gate is null ? null : (await api.GetAsync(visitor, ApiRoom.Evaluation, $"/v1/runs/{Uri.EscapeDataString(runId)}/style", cancellationToken)).Read<StyleFigures>(),
            time.GetUtcNow());
    }
}
