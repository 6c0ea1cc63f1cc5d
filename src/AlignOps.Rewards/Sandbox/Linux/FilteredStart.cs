using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AlignOps.Rewards.Sandbox.Linux;

/// <summary>
/// Starts a process under <see cref="SyscallFilter"/>. A filter holds for a thread and what is started from it, so it is put on a thread that starts the process and ends.
/// </summary>
internal static class FilteredStart
{
    /// <returns>Null where the kernel has no filters; nothing was started then.</returns>
    public static Process? Start(ProcessStartInfo program, SyscallNumbers numbers)
    {
        Process? process = null;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                process = SyscallFilter.Install(numbers) ? Process.Start(program) : null;
            }
            catch (Exception caught) when (caught is System.ComponentModel.Win32Exception or IOException)
            {
                fault = ExceptionDispatchInfo.Capture(caught);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
        return process;
    }
}
