using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Benchmarks.Loop;
using AlignOps.EndToEnd.Tests.Host;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>A running AlignOps on the tiny world, whose gate asks one ops engineer, and a key for each of three people.</summary>
public sealed class ConsolePlace : IAsyncLifetime
{
    public const string Pipeline = TinyWorld.Pipeline;

    /// <summary>What a page must never run: it would raise a dialog.</summary>
    public const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)> javascript:alert(3)";

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-console-").FullName;
    private AlignOpsProgram? _program;

    public string Url { get; private set; } = "";

    public string AdminKey { get; private set; } = "";

    /// <summary>Petra pushes feedback.</summary>
    public string ProductKey { get; private set; } = "";

    /// <summary>Otto operates.</summary>
    public string OpsKey { get; private set; } = "";

    internal AlignOpsProgram Program => _program!;

    public async Task InitializeAsync()
    {
        var pipelines = TinyWorld.WritePipeline(Path.Combine(_folder, "pipelines"));
        var definition = Path.Combine(pipelines, Pipeline, "pipeline.yaml");
        File.WriteAllText(definition, File.ReadAllText(definition).Replace("gate: {", "gate: { approval: 1 of ops,", StringComparison.Ordinal).Replace("epochs: 2", "epochs: 6", StringComparison.Ordinal));
        var data = Path.Combine(_folder, "state");
        var checkpoint = await StoreBaseAsync(data);
        (_program, Url) = await AlignOpsProgram.UpAsync(data, pipelines, new Dictionary<string, string> { ["Console__LiveEvery"] = "00:00:00.2" });
        AdminKey = await KeyAsync("ada", "admin");
        ProductKey = await KeyAsync("petra", "product");
        OpsKey = await KeyAsync("otto", "ops");
        await PostAsync($"/v1/pipelines/{Pipeline}/champion", new { checkpoint, reason = Hostile });
    }

    /// <summary>Preferences that teach what the suite wants, some hostile ones, and one line that is nothing.</summary>
    public string WriteFeedback(int number)
    {
        var path = Path.Combine(_folder, $"feedback-{number}.jsonl");
        File.WriteAllBytes(path, TinyWorld.Feedback(number));
        File.AppendAllLines(path,
        [
            JsonSerializer.Serialize(new { prompt = Hostile, chosen = "yes", rejected = "no" }),
            JsonSerializer.Serialize(new { prompt = "Is it safe?", chosen = "yes", rejected = Hostile }),
            Hostile,
        ]);
        return path;
    }

    public Task DisposeAsync()
    {
        _program?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private async Task<string> StoreBaseAsync(string data)
    {
        Directory.CreateDirectory(data);
        using var folder = new DataFolder(data);
        folder.Prepare();
        return await new FileBlobStore(folder).PutDirectoryAsync(await TinyWorld.WriteBaseAsync(Path.Combine(_folder, "base"), CancellationToken.None), CancellationToken.None);
    }

    private async Task<string> KeyAsync(string name, string role) => (await PostAsync("/v1/keys", new { name, role })).GetProperty("key").GetString()!;

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Url) };
        if (AdminKey.Length > 0)
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        }

        using var answer = await http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
