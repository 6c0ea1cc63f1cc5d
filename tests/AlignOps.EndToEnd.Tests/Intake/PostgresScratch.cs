using AlignOps.EndToEnd.Tests.Platform;
using Npgsql;

namespace AlignOps.EndToEnd.Tests.Intake;

/// <summary>A database of one test's own on the tests' server, and a data folder beside it.</summary>
internal sealed class PostgresScratch : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private PostgresScratch(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = true, MaxPoolSize = 20 }.ConnectionString;
    }

    public string ConnectionString { get; }

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("alignops-intake-").FullName;

    public static async Task<PostgresScratch> CreateAsync()
    {
        var server = TestServers.Postgres;
        var name = $"intake_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name}");
        return new PostgresScratch(server, name);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var any = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(any);
        }

        await ExecuteAsync(_server, $"drop database {_name} with (force)");
        Directory.Delete(DataFolder, recursive: true);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
