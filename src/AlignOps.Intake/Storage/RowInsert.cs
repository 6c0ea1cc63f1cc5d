using System.Data;
using System.Data.Common;
using System.Text;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;
using AlignOps.Platform.Storage;

namespace AlignOps.Intake.Storage;

/// <summary>
/// Inserts a batch's rows, several to a prepared statement: few round trips on PostgreSQL, and few enough parameters for SQLite, which looks
/// each up by name along the list.
/// </summary>
internal static class RowInsert
{
    private const int RowsPerStatement = 24;

    private static readonly string[] Columns =
        ["batch_id", "seq", "pipeline", "line", "verdict", "reason", "sentence", "format", "kind", "row_id", "envelope", "snippet"];

    public static async Task RunAsync(IUnitOfWork work, string pipeline, string batchId, IReadOnlyList<RowOutcome> outcomes, CancellationToken cancellationToken)
    {
        for (var start = 0; start < outcomes.Count;)
        {
            var count = Math.Min(RowsPerStatement, outcomes.Count - start);
            await using var command = Prepare(work, count);
            do
            {
                for (var i = 0; i < count; i++)
                {
                    Bind(command.Parameters, i * Columns.Length, Values(pipeline, batchId, outcomes[start + i]));
                }

                await command.ExecuteNonQueryAsync(cancellationToken);
                start += count;
            }
            while (start + count <= outcomes.Count);
        }
    }

    private static DbCommand Prepare(IUnitOfWork work, int rows)
    {
        var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        var sql = new StringBuilder($"insert into intake_row({string.Join(", ", Columns)}) values ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < Columns.Length; column++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@r{row}c{column}";
                parameter.DbType = Columns[column] is "seq" or "line" ? DbType.Int32 : DbType.String;
                parameter.Value = DBNull.Value;
                command.Parameters.Add(parameter);
                sql.Append(column == 0 ? "" : ", ").Append(parameter.ParameterName);
            }

            sql.Append(')');
        }

        command.CommandText = sql.ToString();
        command.Prepare();
        return command;
    }

    private static void Bind(DbParameterCollection parameters, int from, object?[] values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            parameters[from + column].Value = values[column] ?? DBNull.Value;
        }
    }

    // A duplicate's content stands with the row that it repeats.
    private static object?[] Values(string pipeline, string batchId, RowOutcome outcome) =>
    [
        batchId,
        outcome.Sequence,
        pipeline,
        outcome.Line,
        outcome.Verdict.Name(),
        outcome.Fault?.Reason,
        outcome.Fault?.Sentence,
        outcome.Format,
        outcome.Row?.Kind.Name(),
        outcome.Row?.Id,
        outcome.Row is { } row && outcome.Verdict != RowVerdict.Duplicate ? FeedbackJson.Write(row) : null,
        outcome.Snippet,
    ];
}
