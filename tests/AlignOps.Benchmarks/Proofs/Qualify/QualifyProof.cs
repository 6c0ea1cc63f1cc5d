using System.Globalization;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification;

namespace AlignOps.Benchmarks.Proofs.Qualify;

/// <summary><c>judge.qualify</c>: a real judge's stored verdicts and planted judges, measured on PandaLM's 999 pairs that three people labelled.</summary>
internal sealed class QualifyProof : IProof
{
    private const long Seed = 20261121;

    public string Name => "judge.qualify";

    public string Claim => "stored verdicts show agreement and stay report-only for what they cannot show; planted judges fail, each for its own fault";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is not { } data || !Directory.Exists(data))
        {
            Console.WriteLine("Name the folder of files with --data.");
            return false;
        }

        await using var labels = File.OpenRead(Path.Combine(data, "pandalm-testset-v1.json.gz"));
        var (pairs, digest, faults) = await LabelledPairs.ReadAsync(labels, cancellationToken);
        Console.WriteLine($"{pairs.Count} labelled pairs, {faults.Count} faults{string.Concat(faults.Take(3).Select(fault => " " + fault))}; {pairs.Count(pair => pair.Majority is not null)} with a label that most of three people gave");
        var verdicts = await StoredAsync(Path.Combine(data, "pandalm-gpt-3.5-turbo-verdicts.json.gz"), cancellationToken);
        var stored = Qualifying.Judge("gpt-3.5-turbo (stored)", "stored", digest, Examination.OfStored(pairs, [.. pairs.Select(pair => verdicts[pair.Id])]), new QualificationLimits(), null, Seed);
        Print(stored);
        Measure[] unmeasured = [Measure.PositionConsistency, Measure.PositionPreference, Measure.RepetitionStability, Measure.AttackSuccess];
        var holds = pairs.Count == 999 && !stored.Qualified && unmeasured.All(measure => stored[measure].NotMeasured is not null && stored.Findings.Any(finding => finding.Measure == measure && !finding.Measured))
            && stored[Measure.Kappa] is { Lower: > 0, Upper: < 1 } && stored.People.Count == 3 && stored.People.All(person => person.WithJudge.Kappa is not null);

        var random = new Random(1);
        (PlantedJudge Judge, Measure Fault)[] planted =
        [
            (new("always first", (_, _) => Preference.First), Measure.PositionConsistency),
            (new("longest", (first, second) => first.Length == second.Length ? Preference.Tie : first.Length > second.Length ? Preference.First : Preference.Second), Measure.PrefersLonger),
            (new("random", (_, _) => (Preference)Draw(random, 3)), Measure.RepetitionStability),
        ];
        foreach (var (judge, fault) in planted)
        {
            var examination = await new Examiner(_ => judge, concurrency: 1).RunAsync(pairs, cancellationToken);
            var report = Qualifying.Judge(judge.Name, judge.Digest, digest, examination, new QualificationLimits(), null, Seed);
            Print(report);
            var named = report.Findings.Any(finding => finding.Measure == fault && finding.Measured);
            Console.WriteLine($"    fails for {fault}: {(named ? "yes" : "NO")}");
            holds &= !report.Qualified && named;
        }

        return holds;
    }

    private static int Draw(Random random, int sides)
    {
        lock (random)
        {
            return random.Next(sides);
        }
    }

    private static async Task<Dictionary<string, JudgeVerdict>> StoredAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        var verdicts = new Dictionary<string, JudgeVerdict>(StringComparer.Ordinal);
        await foreach (var row in ObjectRows.ReadAsync(content, RowLimits.Default, ContentLimits.Default, cancellationToken))
        {
            verdicts[row.Value!.Value.GetProperty("idx").ToString()] = row.Value.Value.GetProperty("gpt_result").GetString() switch
            {
                "1" => JudgeVerdict.Of(Preference.First),
                "2" => JudgeVerdict.Of(Preference.Second),
                "Tie" => JudgeVerdict.Of(Preference.Tie),
                var other => JudgeVerdict.Unscored($"stored as {other}"),
            };
        }

        return verdicts;
    }

    private static void Print(QualificationReport report)
    {
        Console.WriteLine($"{report.Judge}: {(report.Qualified ? "qualified" : "report-only")}");
        foreach (var one in report.Measurements)
        {
            Console.WriteLine(one.NotMeasured is { } why
                ? $"    {one.Measure,-20} not measured: {why}"
                : string.Create(CultureInfo.InvariantCulture, $"    {one.Measure,-20} {one.Value,7:0.0000} [{one.Lower,7:0.0000}, {one.Upper,7:0.0000}]  n {one.Count}"));
        }

        foreach (var person in report.People)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"    person {person.Person + 1}: kappa with the judge {person.WithJudge.Kappa?.Value:0.0000} [{person.WithJudge.Kappa?.Lower:0.0000}, {person.WithJudge.Kappa?.Upper:0.0000}], with the other people {person.WithOthers?.Kappa?.Value:0.0000} [{person.WithOthers?.Kappa?.Lower:0.0000}, {person.WithOthers?.Kappa?.Upper:0.0000}]"));
        }

        Console.WriteLine($"    {report.Sentence}");
    }
}
