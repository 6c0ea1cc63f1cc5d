using AlignOps.Benchmarks.Suites.Peers;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>
/// <c>kernels</c>: each kernel of the engine against what this machine allows it, arithmetic or memory, whichever binds at its shape, and against its plain loop,
/// whose result it must have; and the matrix product beside OpenBLAS.
/// </summary>
internal sealed class KernelSuite : ISuite
{
    private const double Tolerance = 2e-4;

    public string Name => "kernels";

    public Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        MachineLimits limits = MachineLimits.Measure();
        Console.WriteLine($"one core: {limits.Flops / 1e9:0} GFLOP/s of multiply-adds on registers, {limits.Read / 1e9:0.0} GB/s read from memory; all {Environment.ProcessorCount} cores read {limits.ReadByAll / 1e9:0.0} GB/s");
        List<Figure> figures =
        [
            new("kernels.peak", limits.Flops / 1e9, "GFLOP/s a core"),
            new("kernels.read", limits.Read / 1e9, "GB/s by one core"),
            new("kernels.read_by_all", limits.ReadByAll / 1e9, "GB/s"),
        ];
        Console.WriteLine($"{"kernel",-24}{"rate",16}{"limit",14}{"fraction",10}{"over plain",12}");
        foreach (Func<KernelRoom, KernelCase> make in ProductCases.All.Concat(RowCases.All).Concat(AttentionCases.All))
        {
            cancellationToken.ThrowIfCancellationRequested();
            figures.AddRange(Measure(make(new KernelRoom()), limits));
        }

        IReadOnlyList<PyTorchPeer> peers = PyTorchPeer.Start(arguments);
        var products = new ProductFigures(peers, new KernelRoom());
        foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            figures.AddRange(products.Measure(threads, limits.Flops));
        }

        foreach (PyTorchPeer peer in peers)
        {
            peer.Dispose();
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static IEnumerable<Figure> Measure(KernelCase kernel, MachineLimits limits)
    {
        double difference = kernel.Difference();
        if (!(difference < Tolerance))
        {
            throw new InvalidOperationException($"{kernel.Name} differs from its plain loop by {difference:0.0e+0} of its greatest result.");
        }

        double plain = Timing.Once(kernel.Plain), time = Timing.Best(kernel.Run);
        double arithmetic = kernel.Flops / limits.Flops, memory = kernel.Bytes / limits.Read;
        bool computes = arithmetic > memory;
        double rate = (computes ? kernel.Flops : kernel.Bytes) / time / 1e9, fraction = Math.Max(arithmetic, memory) / time;
        string unit = computes ? "GFLOP/s" : "GB/s";
        Console.WriteLine($"{kernel.Name,-24}{rate,8:0.0} {unit,-7}{(computes ? "arithmetic" : "memory"),14}{fraction,10:0.00}{plain / time,11:0.0}x");
        return
        [
            new($"kernels.{kernel.Name}.rate", rate, unit),
            new($"kernels.{kernel.Name}.fraction", fraction, computes ? "of the arithmetic limit" : "of the memory limit"),
            new($"kernels.{kernel.Name}.over_plain", plain / time, "x"),
        ];
    }
}
