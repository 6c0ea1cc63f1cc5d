using AlignOps.Host.Cli;
using AlignOps.Models.Merging;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.Commands;

/// <summary>Runs a command's body; what a user can cause ends as one sentence on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(Func<Task<int>> body)
    {
        // Ctrl-C is listened for once this thread is given back: a body that never had to wait would be killed instead of saved.
        await Task.Yield();
        try
        {
            return await body();
        }
        catch (CommandException refusal)
        {
            await Console.Error.WriteLineAsync(Output.Printable(refusal.Message));
            return refusal.ExitCode;
        }
        catch (ModelFormatException fault)
        {
            await Console.Error.WriteLineAsync(Output.Printable($"{fault.Message} [{fault.Reason}]"));
            return fault.Reason switch
            {
                MergeReasons.Parity => ExitCode.AnsweredNo,
                ModelFormatException.Missing => ExitCode.NotFound,
                _ => ExitCode.Failed,
            };
        }
        catch (ChatTemplateException refusal)
        {
            await Console.Error.WriteLineAsync(Output.Printable($"{refusal.Message} [{refusal.Fault.Code}]"));
            return ExitCode.Failed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(Output.Printable(fault.Message));
            return ExitCode.Failed;
        }
        catch (OperationCanceledException timeout) when (timeout.InnerException is TimeoutException)
        {
            await Console.Error.WriteLineAsync("The server did not answer in time. What it accepted it keeps; look with 'alignops runs'.");
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
    }
}
