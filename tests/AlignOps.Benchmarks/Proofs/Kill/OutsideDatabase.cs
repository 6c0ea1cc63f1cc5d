using System.Data.Common;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Platform.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>Opens a deployment's database to look at it, and never to write.</summary>
internal static class OutsideDatabase
{
    /// <summary>Not pooled: nothing of this process may hold the file when the deployment recovers it.</summary>
    public static async Task<DbConnection> OpenAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        DbConnection connection;
        if (deployment.Postgres is { } address)
        {
            connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { Pooling = false, Options = "-c default_transaction_read_only=on" }.ConnectionString);
        }
        else
        {
            _ = SqliteLibrary.Version;
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(deployment.DataFolder, "alignops.db"),
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString());
        }

        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
