using System.Net.Http.Json;
using AlignOps.Benchmarks.Loop;
using AlignOps.EndToEnd.Tests.Host;
using AlignOps.EndToEnd.Tests.Pipelines;
using AlignOps.EndToEnd.Tests.Platform;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using RabbitMQ.Client;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>The console as a process of its own, on PostgreSQL and RabbitMQ: it reads the views and writes through the other process's API.</summary>
[Collection(BrokerCollection.Name)]
public sealed class SplitConsoleTests : IDisposable
{
    private const string Others = "intake,synthesis,training,evaluation,promotion,pipelines,serving";

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-split-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Console_InItsOwnProcess_ShowsARunOfAnotherAndRollsItBack()
    {
        await using var scratch = await PostgresScratch.CreateAsync();
        var data = Path.Combine(_folder, "state");
        var pipelines = TinyWorld.WritePipeline(Path.Combine(_folder, "pipelines"));
        var definition = Path.Combine(pipelines, TinyWorld.Pipeline, "pipeline.yaml");
        File.WriteAllText(definition, File.ReadAllText(definition).Replace("epochs: 2", "epochs: 6", StringComparison.Ordinal));
        var checkpoint = await StoreBaseAsync(data);
        string[] shared = ["--database", scratch.ConnectionString, "--bus", TestServers.RabbitMq];
        try
        {
            var (loop, api) = await AlignOpsProgram.UpAsync(data, pipelines, null, [.. shared, "--roles", Others]);
            using var running = loop;
            var (console, url) = await AlignOpsProgram.UpAsync(data, pipelines, new Dictionary<string, string> { ["Console__Api"] = api }, [.. shared, "--roles", "console"]);
            using var showing = console;
            using var http = new HttpClient { BaseAddress = new Uri(api) };
            (await http.PostAsJsonAsync($"/v1/pipelines/{TinyWorld.Pipeline}/champion", new { checkpoint, reason = "base" })).EnsureSuccessStatusCode();
            using var browser = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };

            var batches = await browser.GetStringAsync("/batches");
            using var form = new MultipartFormDataContent { { new StringContent(Between(batches, "name=\"form-token\" value=\"", "\"")), "form-token" }, { new StringContent(TinyWorld.Pipeline), "pipeline" } };
            form.Add(new ByteArrayContent(TinyWorld.Feedback(1)), "file", "first.jsonl");
            using var pushed = await browser.PostAsync("/batches", form);
            Assert.Contains("40", await pushed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var run = await EndedAsync(browser);

            foreach (var (path, says) in new[]
            {
                ("/", "promoted"), ("/runs?state=promoted&pipeline=" + TinyWorld.Pipeline, run), ($"/runs/{run}", "Answers side by side"), ($"/runs/{run}/gate", "superiority"),
                ("/models", "version 2"), ("/batches?state=learned", "first.jsonl"), (pushed.RequestMessage!.RequestUri!.PathAndQuery, "accepted"),
            })
            {
                Assert.Contains(says, await browser.GetStringAsync(path), StringComparison.Ordinal);
            }

            var models = await browser.GetStringAsync("/models");
            using var back = await browser.PostAsync($"/pipelines/{TinyWorld.Pipeline}/rollback", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form-token"] = Between(models, "name=\"form-token\" value=\"", "\""), ["version"] = "1", ["reason"] = "to see it",
            }));
            Assert.Contains("on hold since local said: to see it", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            running.PressCtrlC();
            await running.EndAsync();
            Assert.Contains("Intake does not answer", await browser.GetStringAsync(pushed.RequestMessage.RequestUri.PathAndQuery), StringComparison.Ordinal);
        }
        finally
        {
            await RemoveQueuesAsync();
        }
    }

    /// <summary>The run, once the first page's live stream says that it was decided.</summary>
    private static async Task<string> EndedAsync(HttpClient browser)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var live = new StreamReader(await browser.GetStreamAsync("/live/now", limit.Token));
        var region = "";
        while (await live.ReadLineAsync(limit.Token) is { } line)
        {
            region = line.Length == 0 ? "" : region + line;
            if (region.Contains("id=\"recent\"", StringComparison.Ordinal) && region.Contains("href=\"/runs/", StringComparison.Ordinal))
            {
                return Between(region, "href=\"/runs/", "\"");
            }
        }

        throw new InvalidOperationException("The live stream ended.");
    }

    private async Task<string> StoreBaseAsync(string data)
    {
        Directory.CreateDirectory(data);
        using var folder = new DataFolder(data);
        folder.Prepare();
        return await new FileBlobStore(folder).PutDirectoryAsync(await TinyWorld.WriteBaseAsync(Path.Combine(_folder, "base"), CancellationToken.None), CancellationToken.None);
    }

    private static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    /// <summary>What this deployment's services were sent is nothing for a later one.</summary>
    private static async Task RemoveQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TestServers.RabbitMq) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var service in Others.Split(','))
        {
            await channel.QueueDeleteAsync($"alignops.{service}");
        }
    }
}
