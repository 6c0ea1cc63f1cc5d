using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.WebConsole.Reading;

/// <summary>A connection for the length of one page.</summary>
internal sealed class Reader(DbConnection connection, CancellationToken cancellationToken) : IAsyncDisposable
{
    public static async Task<Reader> OpenAsync(IDatabase database, CancellationToken cancellationToken) =>
        new(await database.OpenReadAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();

    public async Task<T?> FindAsync<T>(string sql, object? parameters = null) where T : class =>
        (await ListAsync<T>(sql, parameters)).FirstOrDefault();

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
