using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Pipelines.Storage;

/// <summary>Dapper's calls inside a unit of work, without repeating its transaction and token at every statement.</summary>
internal static class UnitOfWorkQueries
{
    public static Task<int> ExecuteAsync(this IUnitOfWork work, string sql, object? parameters, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(Command(work, sql, parameters, cancellationToken));

    public static Task<T?> FirstOrDefaultAsync<T>(this IUnitOfWork work, string sql, object? parameters, CancellationToken cancellationToken) =>
        work.Connection.QueryFirstOrDefaultAsync<T>(Command(work, sql, parameters, cancellationToken));

    public static async Task<IReadOnlyList<T>> ListAsync<T>(this IUnitOfWork work, string sql, object? parameters, CancellationToken cancellationToken) =>
        (await work.Connection.QueryAsync<T>(Command(work, sql, parameters, cancellationToken))).AsList();

    private static CommandDefinition Command(IUnitOfWork work, string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, work.Transaction, cancellationToken: cancellationToken);
}
