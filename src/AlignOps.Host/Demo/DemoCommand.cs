using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;

namespace AlignOps.Host.Demo;

/// <summary><c>alignops demo</c>: the whole loop on this machine, with good feedback, with bad, and with some that only customers see through.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var seed = new Option<long>("--seed") { Description = "Draws the feedback and every sample.", DefaultValueFactory = _ => 1 };
        var data = new Option<string>("--data") { Description = "State folder.", DefaultValueFactory = _ => ".alignops" };
        var json = new Option<string?>("--json") { Description = "Also write what happened to this file as JSON." };
        var keep = new Option<bool>("--keep") { Description = "Leave the service up afterwards, until Ctrl-C." };
        var command = new Command("demo", "Train a base, promote a good batch of feedback, reject a bad one, roll back one that only customers see through: the loop in a few minutes, on this machine alone.")
        {
            seed, data, json, keep,
        };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() => new DemoStory(
            new DemoOptions(arguments.GetValue(seed), arguments.GetValue(data)!, arguments.GetValue(json), arguments.GetValue(keep))).TellAsync(cancellationToken)));
        return command;
    }
}
