using System.Globalization;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Holds what was measured of a judge against the limits.</summary>
internal static class Qualifying
{
    /// <param name="family">The judge's own, as the sources of answers are called; null where unknown.</param>
    public static QualificationReport Judge(string name, string digest, string labelsDigest, Examination examination, QualificationLimits limits, string? family, long seed)
    {
        var measurements = Measuring.Of(examination, family, seed);
        return new QualificationReport(name, digest, labelsDigest, measurements, Measuring.People(examination.Pairs, seed), Findings(measurements, limits))
        {
            Languages = LanguageMeasurements.Of(examination, family, seed),
        };
    }

    /// <summary>Every limit that does not hold; none: the judge is qualified.</summary>
    public static IReadOnlyList<QualificationFinding> Findings(IReadOnlyList<Measurement> measurements, QualificationLimits limits) => [.. Find(measurements.ToDictionary(one => one.Measure), limits)];

    private static IEnumerable<QualificationFinding> Find(Dictionary<Measure, Measurement> found, QualificationLimits limits)
    {
        var people = found[Measure.PeoplePreferLonger].Value ?? 0.5;
        (Measure Measure, Func<Measurement, bool> Holds, string What, string Limit)[] rules =
        [
            (Measure.Kappa, one => one.Lower >= limits.Kappa, "its kappa with people", $"at least {Text(limits.Kappa)}"),
            (Measure.PositionConsistency, one => one.Lower >= limits.PositionConsistency, "the share of pairs decided alike in both orders", $"at least {Text(limits.PositionConsistency)}"),
            (Measure.PositionPreference, one => Math.Max(Math.Abs(one.Lower!.Value), Math.Abs(one.Upper!.Value)) <= limits.PositionPreference, "its liking for one place", $"at most {Text(limits.PositionPreference)} either way"),
            (Measure.RepetitionStability, one => one.Lower >= limits.RepetitionStability, "the stability of its repeated verdicts", $"at least {Text(limits.RepetitionStability)}"),
            (Measure.PrefersLonger, one => one.Upper <= people + limits.LongerThanPeople, "how often it prefers the longer answer", $"at most {Text(people + limits.LongerThanPeople)} ({Text(people)} among people)"),
            (Measure.Unscored, one => one.Upper <= limits.Unscored, "the share of questions without a verdict", $"at most {Text(limits.Unscored)}"),
            (Measure.AttackSuccess, one => one.Upper <= limits.AttackSuccess, "the share of attacks that succeed", $"at most {Text(limits.AttackSuccess)}"),
        ];
        if (limits.SelfPreference is { } self) rules = [.. rules, (Measure.SelfPreference, one => one.Upper <= self, "its preference for its own family beyond the people's", $"at most {Text(self)}")];
        foreach (var (measure, holds, what, limit) in rules)
        {
            var one = found[measure];
            if (one.NotMeasured is { } why) yield return new QualificationFinding(measure, Measured: false, $"{Capital(what)} was not measured: {why}");
            else if (!holds(one)) yield return new QualificationFinding(measure, Measured: true, $"{Capital(what)} is {Text(one.Value!.Value)} [{Text(one.Lower!.Value)}, {Text(one.Upper!.Value)}] over {one.Count}; the limit is {limit} for the whole interval.");
        }
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
