using System.CommandLine;

namespace AlignOps.Host.Cli;

/// <summary>Options of every command that talks to a running AlignOps.</summary>
internal static class ServerOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8440";

    public static readonly Option<string> Server = new("--server")
    {
        Description = "Address of a running AlignOps (or ALIGNOPS_SERVER).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ALIGNOPS_SERVER") ?? DefaultUrl,
        Recursive = true,
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "API key (or ALIGNOPS_KEY); not needed on loopback until the first key exists.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ALIGNOPS_KEY"),
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the answer as JSON.",
    };

    /// <summary>Gives a command, and those below it, the server's address and key.</summary>
    public static Command WithServer(this Command command)
    {
        command.Add(Server);
        command.Add(Key);
        return command;
    }

    public static ServerClient Client(this ParseResult arguments) =>
        new(arguments.GetValue(Server)!, arguments.GetValue(Key));
}
