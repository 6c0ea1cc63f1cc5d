using System.Diagnostics;
using System.Runtime.InteropServices;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs;

/// <summary>Runs one proof: the claim first, then what was seen, then whether it holds. Exit code 0 when it holds, 1 when not.</summary>
internal static class ProofRunner
{
    public static async Task<int> RunAsync(string name, Arguments arguments)
    {
        using var interrupt = new CancellationTokenSource();

        // Interrupted or out of time, a proof still ends the processes and servers that it started.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupt.Cancel();
        }

        using var asked = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var proof = ProofCatalogue.Find(name);
        Console.WriteLine($"{proof.Name}: {proof.Claim}");
        var started = Stopwatch.GetTimestamp();
        bool holds;
        try
        {
            holds = await proof.HoldsAsync(arguments, interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            Console.WriteLine($"{proof.Name}: interrupted, so nothing is shown");
            return ExitCode.Interrupted;
        }

        Console.WriteLine($"{proof.Name}: {(holds ? "HOLDS" : "DOES NOT HOLD")} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
        return holds ? 0 : 1;
    }
}
