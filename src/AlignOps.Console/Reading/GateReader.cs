using AlignOps.Platform.Storage;

namespace AlignOps.WebConsole.Reading;

/// <summary>Reads a gate's record with the evidence behind it.</summary>
internal sealed class GateReader(IDatabase database, StoredFiles files, TimeProvider time)
{
    public async Task<GateModel?> FindAsync(string runId, CancellationToken cancellationToken)
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
            time.GetUtcNow());
    }
}
