using System.Globalization;
using AlignOps.Contracts;
using AlignOps.Host.Cli;
using Spectre.Console;

namespace AlignOps.Host.Demo;

/// <summary>Tells the demo on the terminal.</summary>
internal sealed class Narrator(ServerClient client, string pipeline)
{
    public void Chapter(string title, string sentence)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(title)}[/]").LeftJustified());
        AnsiConsole.WriteLine(sentence);
    }

    /// <summary>Asks the served model and shows its answers, beside earlier ones where they are given.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(
        IReadOnlyList<string> prompts, string when, CancellationToken cancellationToken, IReadOnlyList<string>? earlier = null)
    {
        await ServedAsync(cancellationToken);
        var answers = new List<string>();
        foreach (var prompt in prompts)
        {
            var answer = await client.PostAsync(
                "/v1/chat/completions",
                new { model = pipeline, messages = new[] { new { role = "user", content = prompt } }, temperature = 0.7, max_tokens = 64, seed = 7 },
                cancellationToken);
            answers.Add(answer.Items("choices").First().GetProperty("message").Text("content"));
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("asked");
        if (earlier is not null)
        {
            table.AddColumn("before");
        }

        table.AddColumn(earlier is null ? when : "after");
        for (var i = 0; i < prompts.Count; i++)
        {
            table.AddRow([.. new[] { prompts[i], earlier?[i], answers[i] }.OfType<string>().Select(cell => new Text(Output.Printable(cell)))]);
        }

        AnsiConsole.Write(table);
        return answers;
    }

    public void Tell(DemoCanary canary)
    {
        Output.Line($"  {canary.Stage}: {canary.Reason}");
        if (canary.Rollback is { } rollback)
        {
            Output.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"  Thumb {rollback.Thumbs} crossed the bound (e-value {rollback.EValue:0} of {rollback.Bound:0}) after {rollback.Requests} requests, {rollback.CanaryRequests} of them answered by the canary."));
            Output.Line(string.Create(CultureInfo.InvariantCulture, $"  {rollback.Milliseconds} ms from that stored thumb to the old champion's first answer to one of the canary's customers."));
            Output.Line($"  The batch is {canary.BatchState}.");
        }
    }

    public void Close(DemoReport report, Uri? url, string state)
    {
        Chapter("What happened", $"In {report.Seconds.ToString("0", CultureInfo.InvariantCulture)} seconds, on this machine alone:");
        var table = new Table().Border(TableBorder.Rounded).AddColumns("batch", "decision", "win rate", "lower bound", "items");
        foreach (var run in report.Runs.Append(report.Canary.Run))
        {
            var fate = run == report.Canary.Run && run.Decision == GateDecision.Promote ? $", then {report.Canary.Stage}" : "";
            table.AddRow(run.Batch, run.Decision.ToString().ToLowerInvariant() + fate, Figure(run.WinRate), Figure(run.Lower), run.N.ToString(CultureInfo.InvariantCulture));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(report.Runs[^1].Decision == GateDecision.Reject
            ? $"The champion is {report.Champion[..8]}: the bad batch is held and has not moved it."
            : $"The champion is {report.Champion[..8]}.");
        AnsiConsole.WriteLine(url is null
            ? $"Look around: alignops up --data {state} --pipelines pipelines, then alignops runs, alignops run show RUN, alignops gate explain RUN."
            : $"The service stays up at {url} until Ctrl-C: alignops runs, alignops run show RUN, alignops gate explain RUN.");
    }

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Waits until serving answers with the registry's champion: it switches by itself, a moment after the decision.</summary>
    private async Task ServedAsync(CancellationToken cancellationToken)
    {
        var champion = await client.GetAsync($"/v1/pipelines/{pipeline}/champion", cancellationToken);
        var wanted = $"{pipeline}@{champion.Text("version")}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await client.GetAsync("/v1/models", limit.Token)).Items("data").Any(model => model.Text("id") == wanted))
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
