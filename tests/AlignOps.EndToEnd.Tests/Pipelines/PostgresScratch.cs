using Npgsql;

namespace AlignOps.EndToEnd.Tests.Pipelines;

/// <summary>A database of a test's own on the server that <c>tests/run.sh</c> started.</summary>
internal sealed class PostgresScratch : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private PostgresScratch(string server, string name)
    {
        _server = server;
        _name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<PostgresScratch> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable("ALIGNOPS_TEST_POSTGRES")
            ?? throw new InvalidOperationException("ALIGNOPS_TEST_POSTGRES is not set; tests/run.sh starts a server and sets it.");
        var scratch = new PostgresScratch(server, $"alignops_pipelines_{Guid.NewGuid():N}");
        await scratch.ExecuteAsync($"create database {scratch._name}");
        return scratch;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"drop database {_name} with (force)");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
