using AlignOps.Host.Hosting;

namespace AlignOps.Benchmarks.Suites;

/// <summary><c>engine</c>: the speed of the engine that ALIGNOPS_ENGINE names, cpu where it names none.</summary>
internal sealed class EngineSuite : ISuite
{
    public string Name => "engine";

    public Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var engine = PolicyEngines.Create(PolicyEngines.Named);
        Console.WriteLine($"engine {engine.Name}");
        return Task.FromResult<IReadOnlyList<Figure>>([EngineFigures.TrainTokensPerSecond(engine, Name), EngineFigures.GenerateTokensPerSecond(engine, Name)]);
    }
}
