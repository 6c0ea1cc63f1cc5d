using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Runs;
using AlignOps.Intake;
using AlignOps.Intake.Batches;
using AlignOps.Intake.Http;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Intake.Compliance;

/// <summary>A process with the intake service behind HTTP, one pipeline called <c>support</c>, and a place where its events are gathered.</summary>
internal sealed class IntakeProcess : IAsyncDisposable
{
    public const string Pipeline = "support";

    private readonly WebApplication _app;

    private IntakeProcess(WebApplication app, HttpClient client, string definitionDigest)
    {
        _app = app;
        Client = client;
        DefinitionDigest = definitionDigest;
    }

    public HttpClient Client { get; }

    public string DefinitionDigest { get; }

    public IDatabase Database => Get<IDatabase>();

    public Gathered Events => Get<Gathered>();

    public static async Task<IntakeProcess> StartAsync(PlatformOptions options, Dictionary<string, string?>? settings = null, string mix = "mix: { held_out_share: 0.2 }")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlatform(options);
        builder.Services.AddIntake();
        builder.Services.AddMigration("pipelines", 1, "create table pipelines_definition (pipeline text primary key, definition_digest text); create view pipelines_v_definitions as select pipeline, definition_digest from pipelines_definition; create table pipelines_v_batches (batch_id text primary key, state text not null);");
        builder.Services.AddSingleton<Gathered>();
        builder.Services.AddMessageHandler<BatchAccepted, GatheringHandler>("gathering");
        builder.Services.AddMessageHandler<DatasetPublished, GatheringHandler>("gathering");
        builder.Services.AddMessageHandler<StepFailed, GatheringHandler>("gathering");
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIntake();
        await app.StartAsync();
        var digest = await DefineAsync(app.Services, options.DataFolder, mix);
        return new IntakeProcess(app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) }, digest);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> PushAsync(string content, string? key = null, string query = "", string pipeline = Pipeline) =>
        PushAsync(Encoding.UTF8.GetBytes(content), key, query, pipeline);

    public async Task<HttpResponseMessage> PushAsync(byte[] content, string? key = null, string query = "", string pipeline = Pipeline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pipelines/{pipeline}/batches{query}") { Content = new ByteArrayContent(content) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Client.SendAsync(request);
    }

    public async Task<BatchReport> AcceptedAsync(string content, string? key = null, string query = "", HttpStatusCode status = HttpStatusCode.Created)
    {
        using var response = await PushAsync(content, key, query);
        Assert.Equal(status, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<BatchReport>())!;
    }

    public async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        using var _ = response;
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        return problem;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    /// <summary>What Pipelines makes of a batch.</summary>
    public Task MarkAsync(string batchId, string state) => Database.WriteAsync(
        (work, _) => work.Connection.ExecuteAsync(
            "insert into pipelines_v_batches(batch_id, state) values (@batchId, @state) on conflict (batch_id) do update set state = excluded.state", new { batchId, state }, work.Transaction),
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task<string> DefineAsync(IServiceProvider services, string dataFolder, string mix)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataFolder, "definition")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.yaml"), $"pipeline: {Pipeline}\n{mix}\n");
        var digest = await services.GetRequiredService<IBlobStore>().PutDirectoryAsync(folder, CancellationToken.None);
        await services.GetRequiredService<IDatabase>().WriteAsync(
            (work, _) => work.Connection.ExecuteAsync(
                "insert into pipelines_definition(pipeline, definition_digest) values (@Pipeline, @digest) on conflict (pipeline) do nothing",
                new { Pipeline, digest },
                work.Transaction),
            CancellationToken.None);
        return digest;
    }
}
