using AlignOps.Contracts.Runs;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake.Datasets;

/// <summary>Which dataset versions were made for which run.</summary>
internal static class DatasetStore
{
    public static async Task InsertAsync(IUnitOfWork work, string pipeline, DatasetPublished dataset, DateTimeOffset now, CancellationToken cancellationToken) =>
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into intake_dataset(run_id, with_synthetic, digest, pipeline, train_rows, held_out_rows, synthetic_rows, created_at)
            values (@RunId, @withSynthetic, @DatasetDigest, @pipeline, @TrainRows, @HeldOutRows, @SyntheticRows, @now)
            on conflict (run_id, with_synthetic) do nothing
            """,
            new
            {
                dataset.RunId,
                withSynthetic = dataset.WithSynthetic ? 1 : 0,
                dataset.DatasetDigest,
                pipeline,
                dataset.TrainRows,
                dataset.HeldOutRows,
                dataset.SyntheticRows,
                now = now.ToUnixTimeMilliseconds(),
            },
            work.Transaction,
            cancellationToken: cancellationToken));
}
