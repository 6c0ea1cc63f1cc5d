using System.Globalization;
using AlignOps.Platform.Definitions;

namespace AlignOps.Evaluation.Definition;

internal static class QualificationSectionRules
{
    private const int MostRepeats = 20, MostPairs = 10_000;

    public static IEnumerable<SectionFault> Validate(string path, JudgeSection judge)
    {
        var asked = judge.Qualification;
        path += ".qualification";
        if (asked.Labels is { } file && (!(file.StartsWith("labels/", StringComparison.Ordinal) || file.StartsWith("suites/", StringComparison.Ordinal)) || EvaluationSectionDefinition.LeavesFolder(file))) yield return new($"{path}.labels", $"'{file}' is no file of the definition: name one below labels/, such as labels/pairs.jsonl, or leave it out.");
        foreach (var (key, share) in Shares(asked))
        {
            if (!(share is >= 0 and <= 1)) yield return new($"{path}.{key}", $"{Text(share)} is no limit: give a number from 0 to 1.");
        }

        if (asked.SelfPreference is not null && asked.Family is null) yield return new($"{path}.family", "A limit on self-preference needs the judge's family, as the labelled set calls the authors of answers.");
        if (asked.Repeats is < 2 or > MostRepeats) yield return new($"{path}.repeats", $"{asked.Repeats} askings show no stability: give 2 to {MostRepeats}, such as 3.");
        if (asked.Repeated is < 20 or > MostPairs) yield return new($"{path}.repeated", $"{asked.Repeated} pairs asked again show no stability: give 20 to {MostPairs}, such as 60.");
        if (asked.Attacked is < 2 or > MostPairs) yield return new($"{path}.attacked", $"{asked.Attacked} attacked pairs are too few: give 2 to {MostPairs}, such as 10.");
        if (asked.DriftPairs < 0 || asked.DriftPairs > asked.Repeated) yield return new($"{path}.drift_pairs", $"{asked.DriftPairs} pairs cannot be compared with what was said of them before: give 0 (none) to repeated, {asked.Repeated}.");
        if (!(asked.DriftLevel is > 0 and <= 0.2)) yield return new($"{path}.drift_level", $"{Text(asked.DriftLevel)} is no level: give more than 0 and at most 0.2, such as 0.01.");
        if (asked.Budget is { Tokens: null, Money: null } or { Tokens: < 1 } or { Money: <= 0 }) yield return new($"{path}.budget", "No budget is named: give budget: { tokens: 500000 }, or money, or leave it out for as much as a run.");
        if (asked.Budget?.Money is not null && judge.Price is null) yield return new($"{path}.budget", "A budget of money needs a price: give the judge price: { input: …, output: … } for a million tokens.");
        if (judge is { Decides: true, StopWhenDecided: not null }) yield return new($"{path[..path.LastIndexOf('.')]}.stop_when_decided", "A judge that decides is asked about every pair: the gate has its own bounds. Leave stop_when_decided out, or decides.");
    }

    private static IEnumerable<(string Key, double Share)> Shares(QualificationSection asked) =>
    [
        ("kappa", asked.Kappa), ("position_consistency", asked.PositionConsistency), ("position_preference", asked.PositionPreference), ("repetition_stability", asked.RepetitionStability),
        ("longer_than_people", asked.LongerThanPeople), ("unscored", asked.Unscored), ("attack_success", asked.AttackSuccess), ("self_preference", asked.SelfPreference ?? 0),
    ];

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
