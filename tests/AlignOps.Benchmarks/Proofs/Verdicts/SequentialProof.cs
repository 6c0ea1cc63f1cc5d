using System.Globalization;
using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary><c>stats.sequential</c>: the gate's own rules, looked at after every item, on candidates whose worth is known.</summary>
internal sealed class SequentialProof : IProof
{
    private const int Items = 800;
    private const double Confidence = 0.98;
    private static readonly double[] Edges = [0, -0.03, -0.05, -0.10, 0.05, 0.10, 0.15];

    public string Name => "stats.sequential";

    public string Claim => "looked at after every item, clustered or not, the gate promotes candidates that are no better at most as often as alpha says, and sees better ones in fewer items than a test at the end";

    public Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 2000;
        var holds = true;
        foreach (var section in (GateSection[])[new(), new() { Alpha = 0.05 }])
        {
            foreach (var clustered in (bool[])[false, true])
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"alpha {section.Alpha}, {seeds} seeds of {Items} items{(clustered ? " in sources of 1 to 6 that lean together" : ", each by itself")}, one in five a tie"));
                Console.WriteLine($"  {"edge",5}  {"promoted, median items",-24}{"rejected, median items",-24}{"judged until decided",-22}{"t-test at the end",-19}{"z-test at every item",-22}not worse than {section.AnchorMargin:0.##}, at {section.GuardAlpha:0.##}");
                foreach (var edge in section.Alpha == 0.01 ? Edges : [0])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var runs = Enumerable.Range(0, seeds).AsParallel().Select(seed => SequentialRun.Of(SimulatedSuite.Draw(seed, Items, 0.5 + edge, clustered), section)).ToList();
                    holds &= Report(edge, runs, section);
                }
            }
        }

        return Task.FromResult(holds & WholeGate(seeds));
    }

    private static bool Report(double edge, IReadOnlyList<SequentialRun> runs, GateSection section)
    {
        var sound = runs.All(run => run.SameAsGate);
        if (edge <= 0) sound &= Within(runs.Count(run => run.Better is not null), runs.Count, section.Alpha);
        if (edge >= 0) sound &= Within(runs.Count(run => run.Worse is not null), runs.Count, section.Alpha / 4);
        if (edge <= -section.AnchorMargin) sound &= Within(runs.Count(run => run.NotWorse is not null), runs.Count, section.GuardAlpha);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {edge,5:+0.00;-0.00;0}  {Share(runs, run => run.Better),-24}{Share(runs, run => run.Worse),-24}{runs.Average(run => run.Judged) / Items,-22:0.0 %}{runs.Average(run => run.Fixed ? 1.0 : 0),-19:0.0 %}{Share(runs, run => run.Naive),-22}{Share(runs, run => run.NotWorse)}  {(sound ? "ok" : "NOT OK")}"));
        return sound;
    }

    /// <summary>All rules together, on evidence as the evaluation writes it.</summary>
    private static bool WholeGate(int seeds)
    {
        var section = new GateSection { BootstrapDraws = 0 };
        var decisions = Enumerable.Range(0, seeds).AsParallel()
            .Select(seed => SimulatedEvidence.Draw(new SimulatedEvidence.Design(Items: 240, Slices: 4, SourceSize: 2, RegressionItems: 120), seed))
            .Select(file => Gate.Decide(section, file, SimulatedEvidence.Context)).CountBy(record => record.Decision).ToDictionary();
        int promoted = decisions.GetValueOrDefault(GateDecision.Promote), rejected = decisions.GetValueOrDefault(GateDecision.Reject);
        var holds = Within(promoted, seeds, section.Alpha) && Within(rejected, seeds, section.Alpha);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"the whole gate on equal candidates, 240 items in pairs: {promoted} of {seeds} promoted, {rejected} rejected, the others inconclusive; alpha {section.Alpha} each  {(holds ? "ok" : "NOT OK")}"));
        return holds;
    }

    /// <summary>The 99 % lower bound of the rate is not above the level: what is seen does not speak against it.</summary>
    private static bool Within(int count, int of, double level) => ClopperPearsonInterval.Lower(count, of, (1 - Confidence) / 2) <= level;

    private static string Share(IReadOnlyList<SequentialRun> runs, Func<SequentialRun, int?> items)
    {
        int[] decided = [.. runs.Select(items).OfType<int>().Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{(double)decided.Length / runs.Count:0.0 %}{(decided.Length == 0 ? "" : $", {decided[decided.Length / 2]}")}");
    }
}
