using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Statistics.Correction;

namespace AlignOps.Evaluation.People.Reports;

/// <summary>
/// Writes what people said into the evidence, each pair with its chance to have been asked about. Pairs are handed out in the order of their priority, so those handed out are a
/// priority sample, wherever it ended; what lies below the first that nobody was handed does not count. Pairs that people looked at and did not answer thin it out evenly.
/// </summary>
internal static class PeopleEvidence
{
    public static EvidenceFile Join(EvidenceFile file, int wanted, IReadOnlyList<LabelItem> items, IReadOnlyList<LabelAnswer> answers)
    {
        var shares = answers.ToLookup(answer => answer.ItemId);
        var handed = items.Where(item => shares[item.ItemId].Any()).ToDictionary(item => item.Key, item => shares[item.ItemId].Select(share => share.Outcome).OfType<double>().ToList());
        var order = QueueOrder.Of(file);
        var threshold = order.Where(pair => !handed.ContainsKey(pair.Key)).Select(pair => pair.Priority).DefaultIfEmpty(0).Max();
        var sample = order.Where(pair => pair.Priority > threshold && handed.ContainsKey(pair.Key)).ToList();
        var labelled = sample.Where(pair => handed[pair.Key].Count > 0).ToList();
        var answering = sample.Count == 0 ? 1 : (double)labelled.Count / sample.Count;
        var people = labelled.ToDictionary(pair => pair.Key, pair => new EvidencePeople(
            handed[pair.Key].Average(), handed[pair.Key].Count, Math.Round(PrioritySample.Inclusion(pair.Weight, threshold) * answering, 9)));
        var asked = QueueOrder.Pairs(file).Select(item => (item.Suite, item.Id, item.Sample)).ToHashSet();
        var round = new EvidenceRound(
            wanted, handed.Values.Count(outcomes => outcomes.Count > 0), handed.Values.Count(outcomes => outcomes.Count == 0),
            answers.Where(answer => answer.Outcome is not null).Select(answer => answer.Person).Distinct(StringComparer.Ordinal).Count());
        return new EvidenceFile(
            file.Header with { People = round },
            [.. file.Items.Select(item => item with
            {
                People = people.GetValueOrDefault((item.Suite, item.Id, item.Sample))
                    ?? (asked.Contains((item.Suite, item.Id, item.Sample)) && QueueOrder.Equal(item) ? new EvidencePeople(0.5, 0, 1) : null),
            })]);
    }

    /// <summary>Judge and people over the pairs that people could compare.</summary>
    /// <param name="file">Joined with what people said.</param>
    public static IReadOnlyList<SampledLabel> Labels(EvidenceFile file) =>
        [.. QueueOrder.Pairs(file).Select(item => new SampledLabel(
            item.Unit, item.VersusChampion!.Outcome ?? 0.5, item.People?.Outcome, item.People?.Inclusion ?? 1, item.People is not { Answers: 0 }))];
}
