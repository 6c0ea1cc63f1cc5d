using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AlignOps.Host.Cli;

/// <summary>The help of every command, closed by what its exit code means.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitCode.Help);
        return code;
    }

    /// <summary>Puts it in place of the help that the root and so all its commands have.</summary>
    public static void Extend(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help)
            {
                option.Action = new HelpWithExitCodes(help);
            }
        }
    }
}
