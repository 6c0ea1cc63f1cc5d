using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using AlignOps.Host.Hosting;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using Spectre.Console;

namespace AlignOps.Host.Demo;

/// <summary>The demo as a story: a base, a good batch, a bad batch, one that only customers see through, and what became of them.</summary>
internal sealed class DemoStory(DemoOptions options)
{
    public const string Pipeline = "support-assistant";

    private readonly long _started = Stopwatch.GetTimestamp();

    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var state = Path.Combine(options.Data, "demo");
        StartAfresh(state);

        var settings = new HostSettings(state, Path.Combine(AppContext.BaseDirectory, "pipelines"), options.Keep ? $"http://127.0.0.1:{new Uri(ServerOptions.DefaultUrl).Port}" : "http://127.0.0.1:0");
        await using var server = await AlignOpsServer.StartAsync(settings, cancellationToken);
        using var client = new ServerClient(server.Url.ToString(), null);
        var narrator = new Narrator(client, Pipeline);
        var act = new Act(client, Pipeline);

        narrator.Chapter("1. Base", "A small Llama-style policy learns the help desk of a fictional product: the good manners and the bad, the facts and the inventions.");
        var checkpoint = await CrownBaseAsync(server, client, cancellationToken);
        var before = await narrator.AskAsync(Showcase.Prompts, "before any feedback", cancellationToken);

        narrator.Chapter("2. A good batch", "The product team pushes what its customers and its reviewers said. That event alone starts a run.");
        var good = await act.PlayAsync(FeedbackBatches.Good(options.Seed), cancellationToken);
        var after = await narrator.AskAsync(Showcase.Prompts, "after it", cancellationToken, before);

        narrator.Chapter("3. A bad batch", "Someone pushes feedback that would teach rudeness and invention. The same path, another end.");
        var bad = await act.PlayAsync(FeedbackBatches.Bad(options.Seed), cancellationToken);

        narrator.Chapter(
            "4. A gate's blind spot",
            "The phone app has a pipeline of its own, from the same base. Its suites ask nothing that should be declined, and its reviewers liked whatever obliges. "
            + "So the gate promotes; a quarter of the customers meets the candidate first.");
        var canary = await new CanaryAct(server, client, options.Seed).PlayAsync(checkpoint, cancellationToken);
        narrator.Tell(canary);

        var champion = await client.GetAsync($"/v1/pipelines/{Pipeline}/champion", cancellationToken);
        var report = new DemoReport(
            Math.Round(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1),
            champion.GetProperty("champion").TextOr("adapter", champion.GetProperty("champion").Text("checkpoint")),
            [good, bad],
            [.. Showcase.Prompts.Select((prompt, i) => new DemoAnswer(prompt, before[i], after[i]))],
            canary);
        narrator.Close(report, options.Keep ? server.Url : null, state);
        if (options.Json is { } file)
        {
            await report.WriteAsync(file, cancellationToken);
        }

        if (options.Keep)
        {
            await server.WaitAsync(cancellationToken);
        }

        // The exit code says whether the loop did what it is for on this feedback.
        return good.Decision == GateDecision.Promote && bad.Decision == GateDecision.Reject && canary.Rollback is not null ? ExitCode.Success : ExitCode.AnsweredNo;
    }

    /// <summary>Each demo begins with an empty state; one that a running service owns is left alone.</summary>
    private static void StartAfresh(string state)
    {
        if (!Directory.Exists(state))
        {
            return;
        }

        try
        {
            using (new FileStream(Path.Combine(state, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
            {
            }
        }
        catch (IOException)
        {
            throw new CommandException(ExitCode.Usage, $"The demo's state in {Path.GetFullPath(state)} is in use by a running AlignOps. Stop it, or name another folder with --data.");
        }

        Directory.Delete(state, recursive: true);
    }

    private async Task<string> CrownBaseAsync(AlignOpsServer server, ServerClient client, CancellationToken cancellationToken)
    {
        var model = new BaseModel(server.Services.GetRequiredService<IPolicyEngine>(), new BaseRecipe());
        var directory = model.DirectoryIn(options.Data);
        if (Directory.Exists(directory))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  Reusing the base trained earlier: {directory}");
        }
        else
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
                .StartAsync(async progress =>
                {
                    var bar = progress.AddTask("  pre-training        ");
                    directory = await model.EnsureAsync(
                        options.Data,
                        (step, steps, loss) =>
                        {
                            bar.Value = 100.0 * step / steps;
                            bar.Description = $"  pre-training        (loss {loss:0.00})";
                        },
                        cancellationToken);
                });
        }

        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);
        await client.PostAsync($"/v1/pipelines/{Pipeline}/champion", new { checkpoint, adapter = (string?)null, reason = "the demo's base" }, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  Registered as champion: [bold]{checkpoint[..8]}[/]");
        return checkpoint;
    }
}
