using System.Globalization;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Slices;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary><c>stats.slices</c>: what the gate says of 20 overlapping, clustered slices whose truth is known.</summary>
internal sealed class SlicesProof : IProof
{
    private const double Tail = 0.01;
    private const double LooseLevel = 0.1;

    public string Name => "stats.slices";

    public string Claim => "of 20 overlapping, clustered slices of 20 to 400 items, one that is worse by the margin is called not worse at most as often as alpha says, one too small to tell is inconclusive, and of those called worse at most a share q is not";

    public Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 1000;
        var section = new GateSection();
        var (alpha, level, margin) = (section.GuardAlpha, section.Alpha / 4, section.SliceMargin);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the gate's defaults: margin {margin} of win rate, alpha {alpha}, q {level}, tested from {section.MinItems} sources on; {seeds} suites of 1000 items from each of 16 worlds"));

        // The candidate equals the champion; every other slice of an attribute is worse by the margin; every third by twice the margin, the next by the margin.
        List<SliceWorld> worlds = [.. SliceWorld.OfEachAttribute(_ => 0.5).Take(1)];
        for (var turn = 0; turn < 2; turn++) worlds.AddRange(SliceWorld.OfEachAttribute(k => (k + turn) % 2 == 0 ? 0.5 - margin : 0.5));
        for (var turn = 0; turn < 3; turn++) worlds.AddRange(SliceWorld.OfEachAttribute(k => ((k + turn) % 3) switch { 0 => 0.5 - 2 * margin, 1 => 0.5 - margin, _ => 0.5 }));

        // The gate's own level for alarms, and a looser one at which there is something to count.
        SliceTally tally = new(margin, section.MinItems), loose = new(margin, section.MinItems);
        foreach (var (world, w) in worlds.Select((world, w) => (world, w)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = Enumerable.Range(0, seeds).AsParallel().AsOrdered().Select(seed =>
            {
                var slices = world.Draw(1_000_000L * w + seed, margin);
                return (At: SliceComparison.Of(slices, alpha, level, section.MinItems), Loose: SliceComparison.Of(slices, alpha, LooseLevel, section.MinItems));
            }).ToList();
            foreach (var suite in found)
            {
                tally.Add(world, suite.At);
                loose.Add(world, suite.Loose);
            }
        }

        Console.WriteLine($"{"items",6} {"sources",8}  {"equal: not worse",-18}{"worse by the margin: called not worse",-40}{"worse by twice the margin: worse",-34}too small");
        var holds = tally.SmallAreInconclusive;
        for (var k = 0; k < SliceWorld.Count; k++)
        {
            var line = tally.Slices[k];
            var sound = Within(line.FalselyNotWorse, line.AtMargin, alpha);
            holds &= sound;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{SliceWorld.Sizes[k],6:0} {line.Units / (double)line.Seen,8:0}  {Share(line.NotWorse, line.Equal),-18}{$"{line.FalselyNotWorse} of {line.AtMargin}",-40}{Share(line.FoundWorse, line.FarWorse),-34}{Share(line.Small, line.Seen)}  {(sound ? "ok" : "NOT OK")}"));
        }

        var fdr = Discoveries(tally, level) & Discoveries(loose, LooseLevel);
        Console.WriteLine($"every slice below {section.MinItems} sources was inconclusive: {(tally.SmallAreInconclusive ? "yes" : "NO")}");
        return Task.FromResult(holds && fdr);
    }

    private static bool Discoveries(SliceTally tally, double level)
    {
        var rate = tally.FalseDiscoveryProportions.Average();
        var error = Math.Sqrt(tally.FalseDiscoveryProportions.Sum(p => (p - rate) * (p - rate))) / tally.FalseDiscoveryProportions.Count;
        var holds = rate - 2.33 * error <= level;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"q {level}: {tally.Slices.Sum(slice => slice.FoundWorse)} slices that are worse by twice the margin called worse; of all called worse, {rate:0.00000} were not, on average over suites (standard error {error:0.00000})  {(holds ? "ok" : "NOT OK")}"));
        return holds;
    }

    private static bool Within(int count, int of, double level) => of == 0 || ClopperPearsonInterval.Lower(count, of, Tail) <= level;

    private static string Share(int count, int of) => of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{(double)count / of:0.0 %}");
}
