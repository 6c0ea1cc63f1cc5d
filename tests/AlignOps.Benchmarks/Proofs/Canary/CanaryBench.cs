using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Registry;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>A running AlignOps with two adapters in its blob store, and what a proof does to it where the gate or a person would.</summary>
internal sealed class CanaryBench
{
    private readonly AlignOpsServer _server;
    private readonly string _definitions;

    private CanaryBench(AlignOpsServer server, string definitions, ModelRef yes, ModelRef no) =>
        (_server, _definitions, Yes, No, Client) = (server, definitions, yes, no, new ServerClient(server.Url.ToString(), null));

    public Uri Url => _server.Url;

    public ServerClient Client { get; }

    /// <summary>Two adapters on one base; what they answer is in their names.</summary>
    public ModelRef Yes { get; }

    public ModelRef No { get; }

    public static async Task<CanaryBench> CreateAsync(AlignOpsServer server, SwitchWorld world, string definitions, CancellationToken cancellationToken)
    {
        var blobs = server.Services.GetRequiredService<IBlobStore>();
        var checkpoint = await blobs.PutDirectoryAsync(world.Base, cancellationToken);
        var yes = await blobs.PutDirectoryAsync(world.YesAdapter, cancellationToken);
        var no = await blobs.PutDirectoryAsync(world.NoAdapter, cancellationToken);
        return new CanaryBench(server, definitions, new ModelRef(checkpoint, yes), new ModelRef(checkpoint, no));
    }

    public Task<JsonElement> CertifyAsync(string pipeline, ModelRef model, CancellationToken cancellationToken) => Client.PostAsync(
        $"/v1/pipelines/{pipeline}/champion", new { checkpoint = model.Checkpoint, adapter = model.Adapter, reason = "proof" }, cancellationToken);

    /// <summary>What a gate that promotes does: the candidate's deployment begins, under a definition with these stages.</summary>
    public async Task BeginAsync(string pipeline, string runId, ModelRef candidate, string stages, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_definitions, runId)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "pipeline.yaml"), $"pipeline: {pipeline}\ndeployment: {{ alpha: 0.01, stages: [{stages}] }}\n", cancellationToken);
        var definition = await _server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);
        var (deployer, registry) = (_server.Services.GetRequiredService<Deployer>(), _server.Services.GetRequiredService<ChampionRegistry>());
        await WriteAsync(
            async (work, token) =>
            {
                var champion = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                await deployer.BeginAsync(work, new DeploymentOrder(runId, pipeline, definition, candidate, "proof", "gate", "planted by the proof"), champion!, token);
            },
            cancellationToken);
    }

    public Task WriteAsync(Func<IUnitOfWork, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        _server.Services.GetRequiredService<IDatabase>().WriteAsync(work, cancellationToken);

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await _server.Services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))).AsList();
    }

    public async Task<bool> AuditIsWholeAsync(CancellationToken cancellationToken)
    {
        var audit = await Client.GetAsync("/v1/audit/verify", cancellationToken);
        Console.WriteLine($"Audit: {audit.Text("sentence")}");
        return audit.GetProperty("whole").GetBoolean();
    }
}
