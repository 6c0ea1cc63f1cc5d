using System.Data.Common;
using Npgsql;

namespace AlignOps.Platform.Storage;

public static class ConnectionExtensions
{
    /// <summary>
    /// The condition that a column is one of a list, for either database: Dapper expands <c>in @list</c> on SQLite but hands PostgreSQL one array.
    /// The parameter is an array or a list.
    /// </summary>
    public static string AnyOf(this DbConnection connection, string column, string parameter) =>
        connection is NpgsqlConnection ? $"{column} = any(@{parameter})" : $"{column} in @{parameter}";
}
