using System.Text.Json;
using AlignOps.Data;
using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Two answers that people compared: what a judge is measured on.</summary>
/// <param name="Cluster">Pairs of one cluster share a source; null: the pair stands alone.</param>
/// <param name="People">What each person preferred, in one order of persons for all pairs; null where that person said nothing.</param>
/// <param name="FirstSource">Who wrote the first answer, where known.</param>
/// <param name="Expect">What a judge may need beside the answers, such as <c>{"reference": …}</c>, as in a suite's item.</param>
internal sealed record LabelledPair(
    string Id, string? Cluster, IReadOnlyList<ChatMessage> Prompt, string First, string Second, IReadOnlyList<Preference?> People, string? FirstSource = null, string? SecondSource = null, JsonElement? Expect = null)
{
    /// <summary>What its statistics count as one: the cluster, or the pair where it has none.</summary>
    public string Source => Cluster ?? "pair " + Id;

    /// <summary>What more than half of the people who said something preferred; null where there is no such thing.</summary>
    public Preference? Majority => People.OfType<Preference>().GroupBy(preference => preference).Where(group => 2 * group.Count() > People.Count(one => one is not null)).Select(group => (Preference?)group.Key).SingleOrDefault();
}
