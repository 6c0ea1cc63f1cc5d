using System.Data.Common;

namespace AlignOps.Platform.Storage;

/// <summary>The database of this deployment, SQLite or PostgreSQL. SQL is written once in the common subset; a dialect differs only where a service asks.</summary>
public interface IDatabase
{
    DatabaseKind Kind { get; }

    /// <summary>Runs work in one transaction and commits it; rolled back on any exception. On SQLite writers take turns, so keep it short.</summary>
    Task<T> WriteAsync<T>(Func<IUnitOfWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>An open connection for reading outside a transaction; dispose it.</summary>
    Task<DbConnection> OpenReadAsync(CancellationToken cancellationToken);
}
