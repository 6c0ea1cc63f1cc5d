using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>A kernel at one shape beside the plain loop that it stands for: what a run computes and moves, and where both leave their results.</summary>
internal sealed class KernelCase
{
    public required string Name { get; init; }

    /// <summary>Additions and multiplications of one run.</summary>
    public required double Flops { get; init; }

    /// <summary>Bytes that one run has to read and write once.</summary>
    public required double Bytes { get; init; }

    public required Action Run { get; init; }

    public required Action Plain { get; init; }

    /// <summary>Results of <see cref="Run"/>.</summary>
    public required Matrix[] Found { get; init; }

    /// <summary>Those of <see cref="Plain"/>.</summary>
    public required Matrix[] Expected { get; init; }

    /// <summary>Runs both once and gives the greatest difference between their results, relative to the greatest result.</summary>
    public unsafe double Difference()
    {
        Run();
        Plain();
        double difference = 0;
        foreach ((Matrix found, Matrix expected) in Found.Zip(Expected))
        {
            double greatest = 1e-30, apart = 0;
            for (int row = 0; row < found.Rows; row++)
            {
                for (int column = 0; column < found.Width; column++)
                {
                    greatest = Math.Max(greatest, Math.Abs(expected.Row(row)[column]));
                    apart = Math.Max(apart, Math.Abs(expected.Row(row)[column] - (double)found.Row(row)[column]));
                }
            }

            difference = Math.Max(difference, apart / greatest);
        }

        return difference;
    }
}
