using System.CommandLine;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops key create|list|revoke</c>.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "Manage API keys. Until the first key exists AlignOps answers on loopback only.")
    {
        CreateKey(), List(), Revoke(),
    };

    private static Command CreateKey()
    {
        var name = new Argument<string>("name") { Description = "Whose key: shown on every record it touches." };
        var role = new Option<string>("--role") { Description = "What it may do; each role includes the ones before it.", DefaultValueFactory = _ => "product" };
        role.AcceptOnlyFromAmong("product", "ops", "admin");
        var command = new Command("create", "Make a key and print it once.") { name, role };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var made = await client.PostAsync("/v1/keys", new { name = arguments.GetValue(name), role = arguments.GetValue(role) }, cancellationToken);
            Console.Out.WriteLine(made.Text("key"));
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List keys by name and role; the keys themselves are not kept.") { ServerOptions.Json };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            var keys = await client.GetAsync("/v1/keys", cancellationToken);
            if (arguments.GetValue(ServerOptions.Json))
            {
                Output.Json(keys);
            }
            else
            {
                Output.Table(keys.Items(), ("name", key => key.Text("name")), ("role", key => key.Text("role")), ("created", key => key.Moment("createdAt")));
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Revoke()
    {
        var name = new Argument<string>("name") { Description = "The key to revoke." };
        var command = new Command("revoke", "Revoke a key at once.") { name };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            using var client = arguments.Client();
            await client.DeleteAsync($"/v1/keys/{Uri.EscapeDataString(arguments.GetValue(name)!)}", cancellationToken);
            return ExitCode.Success;
        }));
        return command;
    }
}
