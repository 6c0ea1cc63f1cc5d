using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Promotion;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Webhooks;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Promotion;

/// <summary>Promotion as a process of its own, on SQLite and the in-memory bus, spoken to by HTTP and messages.</summary>
internal sealed class PromotionHost : IAsyncDisposable
{
    public const string Pipeline = "assistant";

    private static readonly Dictionary<string, string[]> Slices = new() { ["all"] = ["polite", "grounded"] };

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-promotion-").FullName;
    private readonly Heard _heard = new();
    private readonly Action<WebhookOptions> _webhooks;
    private WebApplication _app;
    private HttpClient _http = new();

    private PromotionHost(Action<WebhookOptions> webhooks)
    {
        _webhooks = webhooks;
        _app = Build();
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") })
            .AddPromotion()
            .AddMigration("pipelines", 1, "create table pipelines_v_runs (run_id text primary key, state text not null); create table pipelines_v_definitions (pipeline text primary key, definition_digest text not null)")
            .AddMigration("intake", 1, "create table intake_v_batches (batch_id text primary key, pushed_by text not null)")
            .AddMigration("serving", 1, """
                create table serving_v_feedback (feedback_id text primary key, inference_id text, cluster_key text, role text, checkpoint text, adapter text, deployment_id text, label text, forced integer, at bigint);
                create table serving_v_inferences (inference_id text primary key, deployment_id text, checkpoint text, adapter text, at bigint, milliseconds bigint, failed integer);
                """)
            .Configure<DeploymentOptions>(options => (options.Interval, options.IdleInterval) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50)))
            // The tests make the rounds.
            .Configure<WebhookOptions>(options => options.Poll = TimeSpan.FromHours(1))
            .Configure(_webhooks)
            .AddSingleton(_heard)
            .AddMessageHandler<GateDecided, Listener>("pipelines")
            .AddMessageHandler<ModelPromoted, Listener>("pipelines");
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPromotion();
        return app;
    }

    public IBlobStore Blobs => _app.Services.GetRequiredService<IBlobStore>();

    private IDatabase Database => _app.Services.GetRequiredService<IDatabase>();

    public static async Task<PromotionHost> StartAsync(Action<WebhookOptions>? webhooks = null)
    {
        var host = new PromotionHost(webhooks ?? (_ => { }));
        await host._app.StartAsync();
        host._http.BaseAddress = new Uri(host._app.Urls.Single());
        return host;
    }

    /// <summary>The same folder under a new process, as it were: nothing is kept in memory.</summary>
    public async Task RestartAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = Build();
        await _app.StartAsync();
        _http.Dispose();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A checkpoint and an adapter that differ by name only, as small as safetensors can be.</summary>
    public async Task<ModelRef> ModelAsync(string name) => new(await TreeAsync("config.json", "base"), await TreeAsync("adapter_config.json", name));

    public async Task<string> TreeAsync(string config, string name, byte[]? weights = null)
    {
        var directory = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(directory, config), $$"""{"name": "{{name}}"}""");
        await File.WriteAllBytesAsync(Path.Combine(directory, "model.safetensors"), weights ?? Weights());
        return await Blobs.PutDirectoryAsync(directory, CancellationToken.None);
    }

    public static byte[] Weights()
    {
        var header = Encoding.UTF8.GetBytes("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, 0, 0, 0, 0];
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path) => await ReadAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, object body) => await ReadAsync(await _http.PostAsJsonAsync(path, body));

    /// <summary>A key for each person; from then on everyone needs one, and this host's own calls are an admin's.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PeopleAsync(params (string Name, AccessRole Role)[] people)
    {
        var access = _app.Services.GetRequiredService<IAccessKeys>();
        var keys = new Dictionary<string, string>();
        if (_http.DefaultRequestHeaders.Authorization is null)
        {
            var root = (await access.CreateAsync("root", AccessRole.Admin, "test", CancellationToken.None)).Key!;
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", root);
        }

        foreach (var (name, role) in people)
        {
            keys[name] = (await access.CreateAsync(name, role, "test", CancellationToken.None)).Key!;
        }

        return keys;
    }

    public async Task<(int Status, JsonElement Body)> PostAsAsync(string key, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await ReadAsync(await _http.SendAsync(request));
    }

    public async Task<(int Status, JsonElement Body)> UploadAsync(HttpContent archive) => await ReadAsync(await _http.PostAsync(new Uri("/v1/models", UriKind.Relative), archive));

    /// <summary>Makes this the definition that the pipeline stands under; the host's own loop sees it as soon as a round of the test does.</summary>
    public async Task DefineAsync(string section)
    {
        var folder = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.yaml"), $"pipeline: assistant\n{section}\n");
        var digest = await Blobs.PutDirectoryAsync(folder, CancellationToken.None);
        await ExecuteAsync($"insert into pipelines_v_definitions (pipeline, definition_digest) values ('{Pipeline}', '{digest}')");
    }

    public Task WebhookRoundAsync() => _app.Services.GetRequiredService<WebhookWorker>().RoundAsync(CancellationToken.None);

    public Task SweepApprovalsAsync() => _app.Services.GetRequiredService<ApprovalSweeper>().SweepAsync(CancellationToken.None);

    public async Task<ModelRef> CertifyAsync(string name)
    {
        var model = await ModelAsync(name);
        Assert.Equal(200, (await PostAsync($"/v1/pipelines/{Pipeline}/champion", new { model.Checkpoint, model.Adapter, reason = "first" })).Status);
        Assert.Equal(model, (await NextAsync<ModelPromoted>()).Champion);
        return model;
    }

    /// <summary>Asks the gate about a candidate that shows each behaviour with this probability, where the champion's is 0.4.</summary>
    public async Task AskGateAsync(string runId, ModelRef candidate, ModelRef champion, double better = 0.95, bool withEvidence = true, string key = "decide", string gate = "")
    {
        var definition = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(definition, "pipeline.yaml"), $"pipeline: assistant\ngate: {{ min_items: 25, regression_margin: 0.1{gate} }}\n");
        var definitionDigest = await Blobs.PutDirectoryAsync(definition, CancellationToken.None);
        var file = new EvidenceBuilder(runId.Length).Preference(120, Slices, (model, _) => model == "candidate" ? better : 0.4).Regression(120, 0.99, 0.99).Build();
        file = file with { Header = file.Header with { RunId = runId, Pipeline = Pipeline, DefinitionDigest = definitionDigest, Candidate = candidate, Champion = champion, Anchor = champion } };
        var evidence = withEvidence ? await Blobs.PutTextAsync(file.Write(), CancellationToken.None) : new string('e', 64);
        var command = new DecideGate(runId, Pipeline, definitionDigest, "dataset", evidence, candidate, champion, champion, ["b-1"]);
        await Database.WriteAsync((work, token) => work.SendAsync(command, $"{runId}/{key}", token), CancellationToken.None);
    }

    public async Task<GateDecided> DecideAsync(string runId, ModelRef candidate, ModelRef champion, double better = 0.95, bool withEvidence = true, string gate = "")
    {
        await AskGateAsync(runId, candidate, champion, better, withEvidence, gate: gate);
        return await NextAsync<GateDecided>();
    }

    public Task<string> TextAsync(string digest) => Blobs.ReadTextAsync(digest, CancellationToken.None);

    public Task<string> PutAsync(string text) => Blobs.PutTextAsync(text, CancellationToken.None);

    /// <summary>Tells of what happened elsewhere.</summary>
    public Task SayAsync<T>(T message, string key) where T : class => Database.WriteAsync((work, token) => work.PublishAsync(message, key, token), CancellationToken.None);

    public async Task<T> NextAsync<T>()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return (T)await _heard.Of<T>().Reader.ReadAsync(patience.Token);
    }

    public async Task<(int Status, JsonElement Body)> DeleteAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path) { Content = JsonContent.Create(body) };
        return await ReadAsync(await _http.SendAsync(request));
    }

    public string BlobFolder => Path.Combine(_folder, "data", "blobs");

    public Task ExecuteAsync(string sql, object values) =>
        Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, values, work.Transaction), CancellationToken.None);

    public Task ExecuteAsync(string sql) => Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, transaction: work.Transaction), CancellationToken.None);

    public async Task<IReadOnlyList<dynamic>> QueryAsync(string sql)
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return (await connection.QueryAsync(sql)).AsList();
    }

    private static async Task<(int, JsonElement)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
        }
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;

    private sealed class Heard
    {
        private readonly Channel<object> _decisions = Channel.CreateUnbounded<object>();
        private readonly Channel<object> _promotions = Channel.CreateUnbounded<object>();

        public Channel<object> Of<T>() => typeof(T) == typeof(GateDecided) ? _decisions : _promotions;
    }

    private sealed class Listener(Heard heard) : IHandle<GateDecided>, IHandle<ModelPromoted>
    {
        public Task HandleAsync(GateDecided message, IUnitOfWork work, CancellationToken cancellationToken) => heard.Of<GateDecided>().Writer.WriteAsync(message, cancellationToken).AsTask();

        public Task HandleAsync(ModelPromoted message, IUnitOfWork work, CancellationToken cancellationToken) => heard.Of<ModelPromoted>().Writer.WriteAsync(message, cancellationToken).AsTask();
    }
}
