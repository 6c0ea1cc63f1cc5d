using System.Data.Common;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Platform.Storage;

namespace AlignOps.Intake.Storage;

/// <summary>
/// Marks the rows that the pipeline has learned already. Rows of a batch that waits, is held or undecided do not count: the good half of a rejected
/// batch, pushed again by itself, is to be learned. Dataset versions take equal rows once, whichever batches bring them.
/// </summary>
internal static class AcceptedRows
{
    private const int IdsPerQuery = 250;

    public static async Task<IReadOnlyList<RowOutcome>> MarkDuplicatesAsync(
        IUnitOfWork work, string pipeline, IReadOnlyList<RowOutcome> outcomes, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, (string BatchId, int Line)>(StringComparer.Ordinal);
        foreach (var ids in outcomes.Where(o => o.Fault is null).Select(o => o.Row!.Id).Chunk(IdsPerQuery))
        {
            await FindAsync(work, pipeline, ids, known, cancellationToken);
        }

        return known.Count == 0 ? outcomes : [.. outcomes.Select(outcome => outcome.Fault is null && known.TryGetValue(outcome.Row!.Id, out var earlier)
            ? outcome with { Fault = new RowFault(RowVerdict.Duplicate, RowReasons.DuplicateOfEarlier, $"The same as line {earlier.Line} of batch {earlier.BatchId}.") }
            : outcome)];
    }

    private static async Task FindAsync(
        IUnitOfWork work, string pipeline, string[] ids, Dictionary<string, (string, int)> known, CancellationToken cancellationToken)
    {
        await using var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        command.CommandText =
            $"""
            select row_id, batch_id, line from intake_row
            where pipeline = @pipeline and verdict = 'accepted' and row_id in ({string.Join(", ", ids.Select((_, i) => $"@id{i}"))})
              and exists (select 1 from pipelines_v_batches b where b.batch_id = intake_row.batch_id and b.state = 'learned')
            """;
        Add(command, "@pipeline", pipeline);
        for (var i = 0; i < ids.Length; i++)
        {
            Add(command, $"@id{i}", ids[i]);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            known[reader.GetString(0)] = (reader.GetString(1), reader.GetInt32(2));
        }
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
