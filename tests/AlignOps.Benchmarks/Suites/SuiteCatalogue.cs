using AlignOps.Benchmarks.Suites.Engine;
using AlignOps.Benchmarks.Suites.Engine.Kernels;

namespace AlignOps.Benchmarks.Suites;

/// <summary>Every suite there is.</summary>
internal static class SuiteCatalogue
{
    private static readonly IReadOnlyList<ISuite> All = [new EngineSuite(), new GateSuite(), new KernelSuite(), new LoopSuite(), new TrainSuite(), new GenerateSuite()];

    public static IReadOnlyList<string> Names => [.. All.Select(suite => suite.Name)];

    public static ISuite Find(string name) => All.Single(suite => suite.Name == name);
}
