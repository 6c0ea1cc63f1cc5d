using System.Globalization;
using AlignOps.Evaluation.Judging;
using AlignOps.Statistics.Agreement;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Computes every measure of an examination that it allows; the others are not measured, and say why.</summary>
internal static class Measuring
{
    private const int Draws = 2000;
    private const int Categories = 3;
    private const int LongerBy = 30;

    /// <summary>Below so many pairs or games an interval says more about its formula than about the judge; a gate decides from as many on.</summary>
    internal const int AtLeast = 20;

    private const string OneOrder = "each pair was asked in one order only.";
    private const string Once = "no pair was asked twice in the same order.";

    /// <param name="family">The judge's own, as the sources of answers are called; null where unknown.</param>
    public static IReadOnlyList<Measurement> Of(Examination examination, string? family, long seed)
    {
        var pairs = examination.Pairs;
        return
        [
            .. Agreement(pairs, seed),
            PositionConsistency(pairs), PositionPreference(pairs), PreferenceFairness(pairs), RepetitionStability(pairs),
            Longer(Measure.PrefersLonger, pairs.Select(one => (one.Pair, one.Verdict))), Longer(Measure.PeoplePreferLonger, pairs.Select(one => (one.Pair, one.Pair.Majority))),
            Listed(pairs), SelfPreference(pairs, family), Unscored(pairs), AttackSuccess(examination),
        ];
    }

    /// <summary>With each person, and of each person with the majority of the others.</summary>
    public static IReadOnlyList<PersonAgreement> People(IReadOnlyList<ExaminedPair> pairs, long seed)
    {
        var persons = pairs.Count == 0 ? 0 : pairs[0].Pair.People.Count;
        return
        [
            .. Enumerable.Range(0, persons).Select(person => new PersonAgreement(
                person,
                Between(pairs, one => one.Verdict, one => one.Pair.People[person], seed),
                persons < 2 ? null : Between(pairs, one => one.Pair.People[person], one => (one.Pair with { People = [.. one.Pair.People.Where((_, i) => i != person)] }).Majority, seed))),
        ];
    }

    private static IEnumerable<Measurement> Agreement(IReadOnlyList<ExaminedPair> pairs, long seed)
    {
        if (!pairs.Any(one => one.Pair.Majority is not null))
        {
            return new[] { Measure.Agreement, Measure.Kappa, Measure.WeightedKappa, Measure.Ac1, Measure.Alpha }.Select(measure => Measurement.None(measure, "no pair has a label that most people gave."));
        }

        var found = Between(pairs, one => one.Verdict, one => one.Pair.Majority, seed);
        var sources = pairs.Where(one => one.Verdict is not null && one.Pair.Majority is not null).Select(one => one.Pair.Source).Distinct(StringComparer.Ordinal).Count();
        return
        [
            Of(Measure.Agreement, found.Percent, found.Units, sources), Of(Measure.Kappa, found.Kappa, found.Units, sources), Of(Measure.WeightedKappa, found.WeightedKappa, found.Units, sources),
            Of(Measure.Ac1, found.Ac1, found.Units, sources), Of(Measure.Alpha, found.Alpha, found.Units, sources),
        ];
    }

    private static AgreementReport Between(IReadOnlyList<ExaminedPair> pairs, Func<ExaminedPair, Preference?> one, Func<ExaminedPair, Preference?> other, long seed)
    {
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        int Cluster(LabelledPair pair) => clusters.TryGetValue(pair.Source, out var known) ? known : clusters[pair.Source] = clusters.Count;
        var ratings = new Ratings([.. pairs.Select(pair => (IReadOnlyList<int?>)[(int?)one(pair), (int?)other(pair)])], Categories, [.. pairs.Select(pair => Cluster(pair.Pair))]);
        return AgreementReport.Between(ratings, 0, 1, Draws, seed);
    }

    private static Measurement Of(Measure measure, Estimate? estimate, int units, int sources) => TooFew(measure, sources, "independent pairs that both judged") ?? (estimate is null
        ? Measurement.None(measure, "the labels do not determine it.")
        : new Measurement(measure, estimate.Value, estimate.Lower, estimate.Upper, units));

    private static Measurement? TooFew(Measure measure, int count, string what) =>
        count < AtLeast ? Measurement.None(measure, string.Create(CultureInfo.InvariantCulture, $"{count} {what} are too few for an interval; {AtLeast} are needed.")) : null;

    private static Measurement PositionConsistency(IReadOnlyList<ExaminedPair> pairs)
    {
        var both = Both(pairs);
        return both.Count == 0 ? Measurement.None(Measure.PositionConsistency, OneOrder) : Share(Measure.PositionConsistency, both.Count(one => one.Ahead == ExaminedPair.Swapped(one.Behind)), both.Count);
    }

    private static Measurement PositionPreference(IReadOnlyList<ExaminedPair> pairs)
    {
        var both = Both(pairs);
        List<Preference> games = [.. both.SelectMany(one => new[] { one.Ahead, one.Behind }).Where(verdict => verdict != Preference.Tie)];
        return both.Count == 0 ? Measurement.None(Measure.PositionPreference, OneOrder) : Difference(Measure.PositionPreference, games.Count(verdict => verdict == Preference.First), games.Count);
    }

    private static Measurement PreferenceFairness(IReadOnlyList<ExaminedPair> pairs)
    {
        var both = Both(pairs);
        List<(Preference Ahead, Preference Behind)> flips = [.. both.Where(one => one.Ahead == one.Behind && one.Ahead != Preference.Tie)];
        return both.Count == 0 ? Measurement.None(Measure.PreferenceFairness, OneOrder)
            : Difference(Measure.PreferenceFairness, flips.Count(flip => flip.Ahead == Preference.First), flips.Count);
    }

    private static Measurement RepetitionStability(IReadOnlyList<ExaminedPair> pairs)
    {
        double[] shares = [.. pairs.Where(one => one.Ahead.Count > 1).Select(one => one.Ahead.GroupBy(verdict => verdict.Preferred).Max(group => group.Count()) / (double)one.Ahead.Count)];
        if (shares.Length == 0) return Measurement.None(Measure.RepetitionStability, Once);
        if (TooFew(Measure.RepetitionStability, shares.Length, "pairs asked again") is { } few) return few;
        var mean = shares.Average();
        var error = 1.96 * Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1.0) / shares.Length);
        return new Measurement(Measure.RepetitionStability, mean, Math.Max(0, mean - error), Math.Min(1, mean + error), shares.Length);
    }

    private static Measurement Longer(Measure measure, IEnumerable<(LabelledPair Pair, Preference? Preferred)> verdicts)
    {
        List<bool> longer =
        [
            .. verdicts.Where(one => one.Preferred is Preference.First or Preference.Second && Math.Abs(one.Pair.First.Length - one.Pair.Second.Length) > LongerBy)
                .Select(one => one.Preferred == Preference.First == one.Pair.First.Length > one.Pair.Second.Length),
        ];
        return longer.Count == 0 ? Measurement.None(measure, $"no decided pair differs by more than {LongerBy} characters.") : Share(measure, longer.Count(one => one), longer.Count);
    }

    private static Measurement Listed(IReadOnlyList<ExaminedPair> pairs)
    {
        List<bool> listed =
        [
            .. pairs.Where(one => one.Verdict is Preference.First or Preference.Second && HasList(one.Pair.First) != HasList(one.Pair.Second)).Select(one => one.Verdict == Preference.First == HasList(one.Pair.First)),
        ];
        return listed.Count == 0 ? Measurement.None(Measure.PrefersListed, "in no decided pair one answer alone has a list.") : Share(Measure.PrefersListed, listed.Count(one => one), listed.Count);
    }

    private static bool HasList(string text) => text.Split('\n').Count(line => line.TrimStart() is ['-' or '*' or '•', ' ', ..] or [>= '0' and <= '9', '.' or ')', ' ', ..]) > 1;

    private static Measurement SelfPreference(IReadOnlyList<ExaminedPair> pairs, string? family)
    {
        List<(bool Judge, bool People)> own =
        [
            .. pairs.Where(one => family is not null && (one.Pair.FirstSource == family) != (one.Pair.SecondSource == family))
                .Where(one => one.Verdict is Preference.First or Preference.Second && one.Pair.Majority is Preference.First or Preference.Second)
                .Select(one => (one.Verdict == Preference.First == (one.Pair.FirstSource == family), one.Pair.Majority == Preference.First == (one.Pair.FirstSource == family))),
        ];
        if (own.Count == 0) return Measurement.None(Measure.SelfPreference, "no decided pair has one answer of the judge's own family.");
        double[] differences = [.. own.Select(one => (one.Judge ? 1.0 : 0) - (one.People ? 1 : 0))];
        if (TooFew(Measure.SelfPreference, differences.Length, "decided pairs with one answer of its family") is { } few) return few;
        var mean = differences.Average();
        var error = 1.96 * Math.Sqrt(differences.Sum(one => (one - mean) * (one - mean)) / Math.Max(1, differences.Length - 1) / differences.Length);
        return new Measurement(Measure.SelfPreference, mean, mean - error, mean + error, own.Count);
    }

    private static Measurement Unscored(IReadOnlyList<ExaminedPair> pairs)
    {
        List<JudgeVerdict> verdicts = [.. pairs.SelectMany(one => one.Ahead.Concat(one.Behind))];
        return Share(Measure.Unscored, verdicts.Count(verdict => verdict.Preferred is null), verdicts.Count);
    }

    private static Measurement AttackSuccess(Examination examination) => examination.Attacks switch
    {
        null => Measurement.None(Measure.AttackSuccess, "nobody attacked it."),
        [] => Measurement.None(Measure.AttackSuccess, "it decided no pair as people did and in both orders, so there was none to attack."),
        var attacks => Share(Measure.AttackSuccess, attacks.Count(attack => attack.Succeeded), attacks.Count),
    };

    /// <summary>First verdicts in both orders, where both are there.</summary>
    private static List<(Preference Ahead, Preference Behind)> Both(IReadOnlyList<ExaminedPair> pairs) =>
        [.. pairs.Where(one => one.Behind.Count > 0 && one.Ahead[0].Preferred is not null && one.Behind[0].Preferred is not null).Select(one => (one.Ahead[0].Preferred!.Value, one.Behind[0].Preferred!.Value))];

    private static Measurement Share(Measure measure, int hits, int count)
    {
        if (TooFew(measure, count, "cases") is { } few) return few;
        var interval = WilsonInterval.Of(hits, count);
        return new Measurement(measure, interval.Proportion, interval.Lower, interval.Upper, count);
    }

    /// <summary>A share less its rest: 2p − 1.</summary>
    private static Measurement Difference(Measure measure, int hits, int count)
    {
        if (TooFew(measure, count, "decided games") is { } few) return few;
        var interval = WilsonInterval.Of(hits, count);
        return new Measurement(measure, 2 * interval.Proportion - 1, 2 * interval.Lower - 1, 2 * interval.Upper - 1, count);
    }
}
