using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace AlignOps.Platform.Storage;

public static class UnitOfWorkExtensions
{
    /// <summary>
    /// Waits until no other unit of work holds the turn of this name, in any process, and keeps it until this one ends. Message handlers of one service
    /// already take turns by the service's name; an endpoint that reads before it writes the same rows asks for that turn too.
    /// </summary>
    /// <remarks>On SQLite every writer takes turns anyway, so nothing happens.</remarks>
    public static async Task TakeTurnAsync(this IUnitOfWork work, string name, CancellationToken cancellationToken)
    {
        if (work.Connection is NpgsqlConnection)
        {
            var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("alignops.turn." + name)));
            await work.Connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@key)", new { key }, work.Transaction, cancellationToken: cancellationToken));
        }
    }

    /// <summary><see cref="IDatabase.WriteAsync{T}"/> for work without a result.</summary>
    public static Task WriteAsync(this IDatabase database, Func<IUnitOfWork, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (unit, token) =>
            {
                await work(unit, token);
                return true;
            },
            cancellationToken);
}
