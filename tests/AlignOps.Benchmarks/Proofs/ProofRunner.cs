using System.Diagnostics;

namespace AlignOps.Benchmarks.Proofs;

/// <summary>Runs one proof: the claim first, then what was seen, then whether it holds. Exit code 0 when it holds, 1 when not.</summary>
internal static class ProofRunner
{
    public static async Task<int> RunAsync(string name, Arguments arguments)
    {
        using var interrupt = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interrupt.Cancel();
        };

        var proof = ProofCatalogue.Find(name);
        Console.WriteLine($"{proof.Name}: {proof.Claim}");
        var started = Stopwatch.GetTimestamp();
        var holds = await proof.HoldsAsync(arguments, interrupt.Token);
        Console.WriteLine($"{proof.Name}: {(holds ? "HOLDS" : "DOES NOT HOLD")} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
        return holds ? 0 : 1;
    }
}
