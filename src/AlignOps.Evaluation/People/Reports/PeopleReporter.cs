using System.Globalization;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Rounds;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Statistics.Agreement;
using AlignOps.Statistics.Correction;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Evaluation.People.Reports;

/// <summary>Sets people's labels of a run beside the judge's outcomes.</summary>
internal sealed class PeopleReporter(IDatabase database, IBlobStore blobs)
{
    private const int Draws = 1000;
    private const int Categories = 4;

    public async Task<PeopleReport?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await RoundStore.FindAsync(connection, null, runId, cancellationToken) is not { } round) return null;
        var items = await LabelStore.OfRunAsync(connection, null, runId, cancellationToken);
        var answers = await LabelStore.AnswersAsync(connection, null, runId, cancellationToken);
        return Of(round, EvidenceFile.Read(await blobs.ReadTextAsync(round.EvidenceDigest, cancellationToken)), items, answers);
    }

    internal static PeopleReport Of(LabelRound round, EvidenceFile file, IReadOnlyList<LabelItem> items, IReadOnlyList<LabelAnswer> answers)
    {
        var joined = PeopleEvidence.Join(file, round.Wanted, items, answers);
        var labels = PeopleEvidence.Labels(joined);
        var found = SampledCorrection.Of(labels);
        var disagree = found is { Bias: { } bias } && (bias.Lower > 0 || bias.Upper < 0);
        var given = answers.Where(answer => answer.Label is not null).ToList();
        var same = given.GroupBy(answer => answer.ItemId).Where(item => item.Count() > 1).Select(item => item.Select(Verdict).Distinct().Count() == 1 ? 1.0 : 0).ToList();
        double? raw = labels.Count == 0 ? null : found?.Raw ?? labels.GroupBy(label => label.Cluster).Average(cluster => cluster.Average(label => label.Judge));
        var report = new PeopleReport(
            round.RunId, round.Pipeline, round.State, round.ForGate != 0, round.Wanted, round.PeopleEach, round.ClosesAt,
            LabelState.OfItems.ToDictionary(state => state, state => items.Count(item => item.State == state)),
            joined.Header.People!.Persons, found?.Labels ?? 0, Rounded(raw), Rounded(found?.Mean), Rounded(found?.People), Rounded(found?.Bias), Rounded(found?.Weight), disagree,
            Rounded(Between(given)), same.Count == 0 ? null : Rounded(same.Average()), JudgeAgrees(joined), Levels(given), Median(given), "");
        return report with { Sentence = Sentence(report, joined.Header.People) };
    }

    /// <summary>From the candidate's side: 0 lost, 1 tied, 2 won, 3 both bad.</summary>
    private static int Verdict(LabelAnswer answer) => answer.Label!.Choice == LabelChoice.BothBad ? 3 : (int)(2 * answer.Outcome!.Value);

    private static Estimate? Between(IReadOnlyList<LabelAnswer> given)
    {
        var people = given.Select(answer => answer.Person).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (people.Count < 2) return null;
        var units = given.GroupBy(answer => answer.ItemId).Where(item => item.Count() > 1)
            .Select(item => (IReadOnlyList<int?>)[.. people.Select(person => item.FirstOrDefault(answer => answer.Person == person) is { } answer ? Verdict(answer) : (int?)null)]).ToList();
        return units.Count == 0 ? null : KrippendorffAlpha.Of(new Ratings(units, Categories), Scale.Nominal, Draws, seed: 1);
    }

    private static double? JudgeAgrees(EvidenceFile joined)
    {
        var both = joined.Items.Where(item => item.People is { Answers: > 0 } && item.VersusChampion?.Outcome is not null)
            .Select(item => Math.Sign(item.VersusChampion!.Outcome!.Value - 0.5) == Math.Sign(item.People!.Outcome - 0.5) ? 1.0 : 0).ToList();
        return both.Count == 0 ? null : Rounded(both.Average());
    }

    private static Dictionary<string, IReadOnlyDictionary<string, int>> Levels(IReadOnlyList<LabelAnswer> given)
    {
        (string Whose, Acceptability? Level)[] said =
            [.. given.SelectMany(answer => new[] { (answer.CandidateFirst != 0 ? "candidate" : "champion", answer.Label!.First), (answer.CandidateFirst != 0 ? "champion" : "candidate", answer.Label.Second) })];
        return new[] { "candidate", "champion" }.ToDictionary(
            whose => whose,
            whose => (IReadOnlyDictionary<string, int>)LabelNames.Levels.ToDictionary(level => level, level => said.Count(one => one.Whose == whose && LabelNames.Name(one.Level) == level)));
    }

    /// <summary>Imported labels tell no time.</summary>
    private static double? Median(IReadOnlyList<LabelAnswer> given)
    {
        double[] seconds = [.. given.Where(answer => answer.Source == "person" && answer.EndedAt is not null).Select(answer => (answer.EndedAt!.Value - answer.ClaimedAt) / 1000.0).Order()];
        return seconds.Length == 0 ? null : Math.Round(seconds[seconds.Length / 2], 1);
    }

    private static string Sentence(PeopleReport report, EvidenceRound round)
    {
        var asked = string.Create(CultureInfo.InvariantCulture, $"{round.Persons} people labelled {round.Answered} of {report.Wanted} pairs");
        if (report is not { Corrected: { } corrected, Bias: { } bias }) return asked + ": too few to correct the judge by.";
        var found = string.Create(CultureInfo.InvariantCulture, $"{asked}: the judge's win rate is {report.Raw:0.###}, as people would find it {corrected.Value:0.###} ({corrected.Lower:0.###} to {corrected.Upper:0.###} at 95 %).");
        return found + (report.Disagree
            ? string.Create(CultureInfo.InvariantCulture, $" Judge and people disagree: the judge adds {bias.Value:+0.###;-0.###} ({bias.Lower:+0.###;-0.###} to {bias.Upper:+0.###;-0.###}).")
            : " Judge and people are not proven to disagree.");
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;

    /// <summary>Null too where a bound is infinite, which JSON cannot say.</summary>
    private static Estimate? Rounded(Estimate? one) => one is not null && double.IsFinite(one.Lower) && double.IsFinite(one.Upper)
        ? new Estimate(Math.Round(one.Value, 6), Math.Round(one.StandardError, 6), Math.Round(one.Lower, 6), Math.Round(one.Upper, 6))
        : null;
}
