using System.Collections.Concurrent;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Registration;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using AlignOps.Synthesis;
using AlignOps.Tests.Synthesis;
using AlignOps.Training;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.Training;

/// <summary>A process that hosts training and synthesis on SQLite and the in-memory transport, and a service that hears their answers.</summary>
internal sealed class RoleHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private RoleHost(IHost host) => _host = host;

    public IBlobStore Blobs => _host.Services.GetRequiredService<IBlobStore>();

    public static async Task<RoleHost> StartAsync(string dataFolder, IPolicyEngine engine)
    {
        HostApplicationBuilder builder = GenericHost.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddPlatform(new PlatformOptions { DataFolder = dataFolder });
        builder.Services.AddSingleton(engine);
        builder.Services.AddSingleton(new VerifierCatalogue([new LetterVerifier()]));
        builder.Services.AddTraining();
        builder.Services.AddSynthesis();
        builder.Services.AddSingleton<Heard>();
        builder.Services.AddMessageHandler<CandidateTrained, Listener<CandidateTrained>>("listener");
        builder.Services.AddMessageHandler<SynthesisCompleted, Listener<SynthesisCompleted>>("listener");
        builder.Services.AddMessageHandler<StepFailed, Listener<StepFailed>>("listener");
        var host = new RoleHost(builder.Build());
        await host._host.StartAsync();
        return host;
    }

    /// <summary>Stores a pipeline.yaml and returns its definition digest.</summary>
    public async Task<string> DefineAsync(string yaml)
    {
        string folder = Directory.CreateTempSubdirectory("alignops-definition-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.yaml"), yaml);
            return await Blobs.PutDirectoryAsync(folder, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Stores a dataset version of batch b-1 and the tiny model.</summary>
    public async Task<(string Dataset, ModelRef Model)> StoreAsync(FeedbackRow[] train, FeedbackRow[] heldOut)
    {
        var manifest = new DatasetManifest(
            "tiny", await PutAsync(DatasetJson.WriteRows(train)), await PutAsync(DatasetJson.WriteRows(heldOut)),
            train.Length, heldOut.Length, 0, 0, ["b-1"], new Dictionary<string, int>());
        string folder = Directory.CreateTempSubdirectory("alignops-model-").FullName;
        try
        {
            return (await PutAsync(DatasetJson.Write(manifest)), new ModelRef(await Blobs.PutDirectoryAsync(TinyModel.Write(folder), CancellationToken.None), null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public Task SendAsync<T>(T command, string key) where T : class =>
        _host.Services.GetRequiredService<IDatabase>().WriteAsync(
            async (work, token) =>
            {
                await work.SendAsync(command, key, token);
                return true;
            },
            CancellationToken.None);

    public Task<T> HearAsync<T>(string runId) where T : class => _host.Services.GetRequiredService<Heard>().Next<T>(runId).WaitAsync(Patience);

    public async Task<T?> ScalarAsync<T>(string sql, string runId)
    {
        await using var connection = await _host.Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<T>(sql, new { runId });
    }

    public async Task StopAsync() => await _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private async Task<string> PutAsync(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return await Blobs.PutAsync(stream, CancellationToken.None);
    }

    private sealed class Heard
    {
        private readonly ConcurrentDictionary<(Type, string), TaskCompletionSource<object>> _messages = new();

        public void Note(object message, string runId) => Source(message.GetType(), runId).TrySetResult(message);

        public async Task<T> Next<T>(string runId) => (T)await Source(typeof(T), runId).Task;

        private TaskCompletionSource<object> Source(Type type, string runId) =>
            _messages.GetOrAdd((type, runId), _ => new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class Listener<T>(Heard heard) : IHandle<T> where T : class
    {
        public Task HandleAsync(T message, IUnitOfWork work, CancellationToken cancellationToken)
        {
            string runId = message switch
            {
                CandidateTrained trained => trained.RunId,
                SynthesisCompleted completed => completed.RunId,
                StepFailed failed => failed.RunId,
                _ => throw new ArgumentException($"{typeof(T).Name} is not of a run.", nameof(message)),
            };
            heard.Note(message, runId);
            return Task.CompletedTask;
        }
    }
}
