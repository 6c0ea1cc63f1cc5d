using AlignOps.Benchmarks.Suites.Peers;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>C = A·B of 1024 × 1024 fp32 beside the peers' OpenBLAS, with the packing of B that a product of two new matrices needs, and without it, as frozen weights have it.</summary>
internal sealed unsafe class ProductFigures(IReadOnlyList<PyTorchPeer> peers, KernelRoom room)
{
    private const int Size = 1024;
    private const int Columns = 128;
    private const int Rounds = 20;
    private const int Turns = 3;

    private readonly Matrix _a = room.Random(Size, Size);
    private readonly Matrix _b = room.Random(Size, Size);
    private readonly Matrix _c = room.Empty(Size, Size);
    private readonly PackedMatrix _packed = new(Size, Size);

    public IEnumerable<Figure> Measure(int threads, double peak)
    {
        var machine = new Machine(new WorkerPool(threads));
        double packed = double.MaxValue, prepacked = double.MaxValue;
        var best = new double[peers.Count];
        for (int turn = 0; turn < Turns; turn++)
        {
            packed = Math.Min(packed, Timing.Best(() => Product(machine, packs: true)));
            prepacked = Math.Min(prepacked, Timing.Best(() => Product(machine, packs: false)));
            for (int i = 0; i < peers.Count; i++)
            {
                best[i] = Math.Max(best[i], peers[i].Sgemm(Size, Rounds, threads));
            }
        }

        double flops = 2.0 * Size * Size * Size, ours = flops / packed / 1e9;
        string suffix = threads == 1 ? "1_thread" : $"{threads}_threads";
        for (int i = 0; i < peers.Count; i++)
        {
            Console.WriteLine($"1024³ on {threads} thread(s): ours {ours:0} GFLOP/s with packing, {flops / prepacked / 1e9:0} packed before; {peers[i].Name} {best[i]:0}");
        }

        yield return new Figure($"kernels.gemm1024.{suffix}.gflops", ours, "GFLOP/s");
        yield return new Figure($"kernels.gemm1024.{suffix}.packed_before.gflops", flops / prepacked / 1e9, "GFLOP/s");
        yield return new Figure($"kernels.gemm1024.{suffix}.fraction", ours * 1e9 / (peak * threads), "of the arithmetic limit");
        yield return new Figure($"kernels.gemm1024.{suffix}.ratio_to_openblas", ours / best.Max(), "x");
    }

    private void Product(Machine machine, bool packs)
    {
        if (packs)
        {
            machine.Run(Size / Columns, (task, _) => _packed.Pack(_b.Data + (task * Columns), _b.Stride, Size, Columns, atWidth: task * Columns));
        }

        machine.RunRows(Size, ForwardRun.RowBlock, (first, rows, _) => Gemm.Multiply(_a.Slice(first, rows), _packed, _c.Slice(first, rows)));
    }
}
