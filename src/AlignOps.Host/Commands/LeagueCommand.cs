using System.CommandLine;
using System.Text.Json;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops league PIPELINE</c> and <c>alignops style RUN</c>.</summary>
internal static class LeagueCommand
{
    public static Command League()
    {
        var pipeline = new Argument<string>("pipeline") { Description = "Whose versions to set in order." };
        var command = new Command("league", "Set all versions of a pipeline's model in order, by every comparison there is (Bradley-Terry, with intervals).") { pipeline, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var league = await client.GetAsync($"/v1/pipelines/{Uri.EscapeDataString(arguments.GetValue(pipeline)!)}/league", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(league);
                return ExitCode.Success;
            }

            Output.Line(league.Text("sentence"));
            Print(league.Items("standings"));
            foreach (var dimension in league.GetProperty("dimensions").EnumerateObject())
            {
                Output.Line($"By {dimension.Name}:");
                Print(dimension.Value.EnumerateArray());
            }

            return ExitCode.Success;
        }));
        return command;
    }

    public static Command Style()
    {
        var run = new Argument<string>("run") { Description = "The run's id, such as r-1f2e3d4c5b6a7980." };
        var command = new Command("style", "Show what would be left of a run's win rate if the models' answers were equally long and styled alike.") { run, ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var style = await client.GetAsync($"/v1/runs/{Uri.EscapeDataString(arguments.GetValue(run)!)}/style", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(style);
                return ExitCode.Success;
            }

            Output.Line(style.Text("sentence"));
            Output.Line($"  {style.Text("pairs")} pairs; answers of {style.Text("candidateLength")} characters against {style.Text("championLength")}.");
            Output.Table(style.GetProperty("features").EnumerateObject().Select(feature => JsonSerializer.SerializeToElement(new { name = feature.Name, found = feature.Value })),
                ("the judge pays for", row => row.Text("name")),
                ("log-odds", row => row.GetProperty("found").Text("value")),
                ("from", row => row.GetProperty("found").Text("lower")),
                ("to", row => row.GetProperty("found").Text("upper")));
            return ExitCode.Success;
        }));
        return command;
    }

    private static void Print(IEnumerable<JsonElement> standings) => Output.Table(standings,
        ("model", one => one.Text("model")),
        ("version", one => one.Text("version")),
        ("rating", one => one.GetProperty("rating").Text("value")),
        ("from", one => one.GetProperty("rating").Text("lower")),
        ("to", one => one.GetProperty("rating").Text("upper")),
        ("Elo", one => one.Text("elo")),
        ("games", one => one.Text("games")),
        ("group", one => one.Text("group")));
}
