using System.Data.Common;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using Microsoft.Data.Sqlite;

namespace AlignOps.Platform.Storage;

/// <summary>One file in write-ahead mode. Readers never wait; writers of this process take turns, so that none meets a busy database.</summary>
internal sealed class SqliteDatabase(DataFolder folder, Outbox outbox, WakeUps wakeUps) : IDatabase, IDisposable
{
    private static readonly AsyncLocal<bool> Writing = new();
    private static readonly TimeSpan LastTurn = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _writer;
    private bool _disposed;

    public DatabaseKind Kind => DatabaseKind.Sqlite;

    public async Task<T> WriteAsync<T>(Func<IUnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (Writing.Value)
        {
            throw new InvalidOperationException("A unit of work is already open here; use it instead of opening a second one.");
        }

        UnitOfWork unit;
        T result;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Writing.Value = true;
            _writer ??= Open(forReading: false);
            await using var transaction = _writer.BeginTransaction(deferred: false);
            unit = new UnitOfWork(_writer, transaction, outbox);
            result = await work(unit, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (SqliteException)
        {
            // A connection that failed may hold a broken transaction; the next writer starts on a fresh one.
            _writer?.Dispose();
            _writer = null;
            throw;
        }
        finally
        {
            Writing.Value = false;
            _turn.Release();
        }

        wakeUps.Wake(unit.Nudges);
        return result;
    }

    public Task<DbConnection> OpenReadAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(Open(forReading: true));

    /// <summary>Lets a unit of work that is under way end first: its connection is not taken from under it.</summary>
    public void Dispose()
    {
        var last = _turn.Wait(LastTurn);
        _disposed = true;
        _writer?.Dispose();
        _writer = null;
        if (last)
        {
            _turn.Release();
        }

        using var any = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(any);
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = folder.Database, ForeignKeys = true }.ToString();

    private SqliteConnection Open(bool forReading)
    {
        _ = SqliteLibrary.Version;
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();

            // FULL flushes the log at every commit: a batch that was accepted survives a power cut, not only a killed process.
            // A connection for reading refuses to write, which would bypass the writers' turns; connections are pooled, so each says which it is.
            command.CommandText = $"pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full; pragma query_only = {(forReading ? 1 : 0)};";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
