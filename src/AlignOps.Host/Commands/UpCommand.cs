using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops up</c>: the service, all roles in one process or any subset of them.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "State folder; processes of one deployment share it.", DefaultValueFactory = _ => ".alignops" };
        var pipelines = new Option<string>("--pipelines") { Description = "Folder that holds a folder for each pipeline.", DefaultValueFactory = _ => "pipelines" };
        var roles = new Option<string?>("--roles") { Description = $"Comma-separated roles to play; all of them if left out: {string.Join(", ", HostSettings.AllRoles)}." };
        var database = new Option<string?>("--database") { Description = "PostgreSQL, as postgres://user:password@host:port/database (or ALIGNOPS_DATABASE); SQLite in the state folder if left out.", DefaultValueFactory = _ => Setting.Read(Setting.Database) };
        var bus = new Option<string?>("--bus") { Description = "RabbitMQ, as amqp://user:password@host:port/vhost (or ALIGNOPS_BUS); in memory if left out.", DefaultValueFactory = _ => Setting.Read(Setting.Bus) };
        var address = new Option<string>("--address") { Description = "Address to listen on; other than loopback only once an API key exists.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 8440 };
        var inbox = new Option<string?>("--inbox") { Description = "Folder with a folder for each pipeline; files that are put there become batches." };
        var lease = Seconds("--lease", "Seconds that a job stays with a worker that has fallen silent; 3 to 3600.", 20);
        var busPatience = Seconds("--bus-patience", "Seconds that the bus may be half up before this process ends with exit code 70, to be started afresh.", 60);
        var handlerLimit = Seconds("--handler-limit", "Seconds that a message handler may hold its delivery before this process ends with exit code 70.", 120);
        var supervise = new Option<bool>("--supervise") { Description = "Run as a process below this one, and start it again when it ends with exit code 70 or in a crash." };
        var command = new Command("up", "Start AlignOps: every role in this process, or some of them with --roles.")
        {
            data, pipelines, roles, database, bus, address, port, inbox, PolicyEngines.Option, lease, busPatience, handlerLimit, supervise,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            if (arguments.GetValue(supervise))
            {
                return await new Supervisor(TimeProvider.System, line => Output.Line($"AlignOps supervisor: {line}.")).RunAsync(Supervisor.ThisProgram(), cancellationToken);
            }

            using var ending = Supervisor.Linked(cancellationToken);
            var settings = new HostSettings(
                arguments.GetValue(data)!,
                arguments.GetValue(pipelines)!,
                HostSettings.UrlOf(arguments.GetValue(address)!, arguments.GetValue(port)),
                arguments.GetValue(database),
                arguments.GetValue(bus),
                arguments.GetValue(roles)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                arguments.GetValue(PolicyEngines.Option)!)
            {
                Inbox = arguments.GetValue(inbox),
                Lease = TimeSpan.FromSeconds(arguments.GetValue(lease)),
                BusPatience = TimeSpan.FromSeconds(arguments.GetValue(busPatience)),
                HandlerLimit = TimeSpan.FromSeconds(arguments.GetValue(handlerLimit)),
            };
            await using var server = await AlignOpsServer.StartAsync(settings, ending.Token);
            Output.Line($"AlignOps answers at {server.Url} as {string.Join(", ", settings.HostedRoles)}, on {server.Database} and {settings.BusName}. Ctrl-C stops it; what was accepted is kept.");
            if (settings.HostedRoles.Contains("console"))
            {
                Output.Line($"The console is at that address too: open {server.Url} in a browser.");
            }

            await server.WaitAsync(ending.Token);
            return Environment.ExitCode;
        }));
        return command;
    }

    private static Option<int> Seconds(string name, string description, int otherwise) =>
        new(name) { Description = description, DefaultValueFactory = _ => otherwise };
}
