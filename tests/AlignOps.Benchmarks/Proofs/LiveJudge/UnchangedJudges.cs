using System.Globalization;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Drift;
using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Multiplicity;

namespace AlignOps.Benchmarks.Proofs.LiveJudge;

/// <summary>Judges that never change, steady and wavering ones, through the runs of many certificates: how often one is ever called drifted. Beside it, how soon one that changed is.</summary>
internal static class UnchangedJudges
{
    private const int Certificates = 500, Runs = 52, Games = 48;
    private const double Level = 0.01;

    public static bool Hold()
    {
        var holds = true;
        foreach (var wavers in (double[])[0.0, 0.02, 0.1, 0.3])
        {
            var random = new Random(3);
            var alarms = Enumerable.Range(0, Certificates).Count(_ => FirstAlarm(random, wavers, changes: 0) is not null);
            var lower = ClopperPearsonInterval.Lower(alarms, Certificates, 0.01);
            holds &= lower <= Level;
            var text = string.Join(", ", ((double[])[0.1, 0.2, 0.4]).Select(changes =>
            {
                var caught = Enumerable.Range(0, 200).Select(_ => FirstAlarm(random, wavers, changes)).ToList();
                return string.Create(CultureInfo.InvariantCulture, $"{changes:0 %} of verdicts changed: {caught.Count(run => run < 2) / 200.0:0 %} within two runs");
            }));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {(lower <= Level ? "ok    " : "NOT OK")}  an unchanged judge that wavers in {wavers:0 %} of its verdicts: {alarms} of {Certificates} certificates with a false alarm in {Runs} runs (level {Level:0.##}); {text}"));
        }

        return holds;
    }

    /// <returns>The run, 0-based, in which it was called drifted; null where it never was.</returns>
    private static int? FirstAlarm(Random random, double wavers, double changes)
    {
        Preference Say(int game) => random.NextDouble() < wavers ? (Preference)random.Next(3) : game % 2 == 0 ? Preference.First : Preference.Second;
        var changed = Enumerable.Range(0, Games).Select(_ => random.NextDouble() < changes).ToArray();
        Preference Now(int game) => changed[game] && random.NextDouble() >= wavers ? Preference.Tie : Say(game);
        Preference?[][] examined = [.. Enumerable.Range(0, Games).Select(game => new Preference?[] { Say(game), Say(game), Say(game) })];
        IReadOnlyList<SaidAgain> before = [];
        for (var run = 0; run < (changes > 0 ? 2 : Runs); run++)
        {
            var reading = new DriftReading(examined, [.. Enumerable.Range(0, Games).Select(game => new SaidAgain(true, Now(game)))], new Dictionary<string, int>());
            if (reading.Find(before).PValue <= new ErrorBudget(Level, run).NextLevel) return run;
            before = reading.Said;
        }

        return null;
    }
}
