using AlignOps.Data.Feedback;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake.Datasets;

/// <summary>Loads the accepted rows of batches.</summary>
internal static class BatchRows
{
    public static async Task<IReadOnlyList<FeedbackRow>> LoadAsync(IDatabase database, IReadOnlyList<string> batchIds, CancellationToken cancellationToken)
    {
        var rows = new List<FeedbackRow>();
        await using var connection = await database.OpenReadAsync(cancellationToken);
        foreach (var batchId in batchIds.Distinct(StringComparer.Ordinal))
        {
            var envelopes = await connection.QueryAsync<string>(new CommandDefinition(
                "select envelope from intake_row where batch_id = @batchId and verdict = 'accepted' order by seq", new { batchId }, cancellationToken: cancellationToken));
            rows.AddRange(envelopes.Select(FeedbackJson.Read));
        }

        return rows;
    }
}
