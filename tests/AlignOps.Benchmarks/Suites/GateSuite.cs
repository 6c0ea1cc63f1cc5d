using System.Diagnostics;
using AlignOps.Benchmarks.Proofs.Verdicts;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Benchmarks.Suites;

/// <summary><c>gate</c>: one decision over 10,000 items in 20 slices with 10,000 resamples, and its bootstrap beside the plain loop, which must give the same bits.</summary>
internal sealed class GateSuite : ISuite
{
    private const int Rounds = 3;

    public string Name => "gate";

    public Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var section = new GateSection();
        var file = SimulatedEvidence.Draw(new SimulatedEvidence.Design(Items: 10_000, Slices: 20, SourceSize: 1, RegressionItems: 0, CandidateRate: 0.81), seed: 1);
        section = section with { RequireRegression = false };
        Gate.Decide(section with { BootstrapDraws = 100 }, file, SimulatedEvidence.Context);
        var decide = Enumerable.Range(0, Rounds).Select(_ => Seconds(() => Gate.Decide(section, file, SimulatedEvidence.Context))).Order().ElementAt(Rounds / 2);

        var evidence = new GateEvidence(file);
        var (parts, units) = GateBootstrap.Compile([evidence.Whole(), .. evidence.Parts()]);
        IReadOnlyList<BootstrapDistribution> found = [], alone = [];
        double[][] plain = [];
        var fast = Enumerable.Range(0, Rounds).Select(_ => Seconds(() => found = ClusterBootstrap.Means(parts, units, section.BootstrapDraws, file.Header.Seed))).Order().ElementAt(Rounds / 2);
        var single = Seconds(() => alone = ClusterBootstrap.Means(parts, units, section.BootstrapDraws, file.Header.Seed, threads: 1));
        PlainBootstrap.Means(parts, units, 50, file.Header.Seed);
        var slow = Seconds(() => plain = PlainBootstrap.Means(parts, units, section.BootstrapDraws, file.Header.Seed));
        var same = parts.Select((_, i) => plain[i].Order().SequenceEqual(found[i].Sorted) && found[i].Sorted.SequenceEqual(alone[i].Sorted)).All(equal => equal);
        if (!same) throw new InvalidOperationException("The bootstrap differs from the plain loop.");

        Console.WriteLine($"{file.Items.Count} items, {parts.Count - 1} slices and behaviours, {section.BootstrapDraws} draws, {Environment.ProcessorCount} processors; the same bits as the plain loop, on one thread and on all");
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("gate.decide_s", decide, "s"),
            new("gate.bootstrap_s", fast, "s"),
            new("gate.bootstrap_one_thread_s", single, "s"),
            new("gate.plain_loop_s", slow, "s"),
            new("gate.plain_loop_over_bootstrap", slow / fast, "x"),
            new("gate.plain_loop_over_decide", slow / decide, "x"),
        ]);
    }

    private static double Seconds(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
