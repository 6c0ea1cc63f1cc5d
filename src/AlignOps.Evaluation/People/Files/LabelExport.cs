using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.People.Queue;

namespace AlignOps.Evaluation.People.Files;

/// <summary>
/// Labels as files, one JSON object a line. <c>queue</c>: pairs that wait, blind, for people who label elsewhere. <c>labels</c>: what each person said. <c>pairs</c>: a labelled set to
/// qualify judges on. <c>feedback</c>: preferences to learn from.
/// </summary>
internal static class LabelExport
{
    public static readonly IReadOnlyList<string> Kinds = ["queue", "labels", "pairs", "feedback"];

    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Write(string kind, EvidenceHeader header, IReadOnlyList<LabelItem> items, IReadOnlyList<LabelAnswer> answers)
    {
        var given = answers.Where(answer => answer.Label is not null).ToLookup(answer => answer.ItemId);
        string[] people = [.. answers.Where(answer => answer.Label is not null).Select(answer => answer.Person).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return kind switch
        {
            "queue" => items.Where(item => item.State is LabelState.Waiting or LabelState.Claimed).Select(Blind),
            "labels" => items.SelectMany(item => given[item.ItemId].Select(answer => Label(item, answer))),
            "pairs" => items.Where(item => given[item.ItemId].Any()).Select(item => Pair(header, item, given[item.ItemId], people)),
            _ => items.Select(item => Feedback(item, given[item.ItemId])).OfType<string>(),
        };
    }

    /// <summary>The answers in the order that <see cref="LabelQueue.ImportAsync"/> presumes.</summary>
    private static string Blind(LabelItem item)
    {
        var (first, second) = item.Shown(item.CandidateFirst(""));
        return Line(new { item.ItemId, Prompt = item.Messages, First = first, Second = second, Person = "", Choice = "", FirstLevel = "", SecondLevel = "" });
    }

    private static string Label(LabelItem item, LabelAnswer answer) => Line(new
    {
        item.ItemId,
        item.RunId,
        item.Suite,
        item.QuestionId,
        item.Sample,
        answer.Person,
        answer.Choice,
        answer.FirstLevel,
        answer.SecondLevel,
        First = answer.CandidateFirst != 0 ? "candidate" : "champion",
        answer.Outcome,
        answer.Source,
        Seconds = answer.Source == "person" ? (answer.EndedAt - answer.ClaimedAt) / 1000.0 : null,
        At = answer.EndedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null,
    });

    private static string Pair(EvidenceHeader header, LabelItem item, IEnumerable<LabelAnswer> given, string[] people)
    {
        var candidateFirst = item.CandidateFirst("");
        var (first, second) = item.Shown(candidateFirst);
        var (candidate, champion) = (header.Candidate.ShortName, header.Champion.ShortName);
        var said = given.ToDictionary(answer => answer.Person, StringComparer.Ordinal);
        return JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["id"] = item.ItemId,
                ["cluster"] = item.Cluster ?? $"{item.Suite}/{item.QuestionId}",
                ["prompt"] = item.Messages,
                ["first"] = first,
                ["second"] = second,
                ["people"] = people.Select(person => said.TryGetValue(person, out var answer) ? Preferred(answer.Outcome!.Value, candidateFirst) : null),
                ["first_source"] = candidateFirst ? candidate : champion,
                ["second_source"] = candidateFirst ? champion : candidate,
            },
            Lines);
    }

    /// <summary>A preference where most people agree on one; null otherwise.</summary>
    private static string? Feedback(LabelItem item, IEnumerable<LabelAnswer> given)
    {
        var outcomes = given.Select(answer => answer.Outcome!.Value).ToList();
        var (won, lost) = (outcomes.Count(outcome => outcome == 1), outcomes.Count(outcome => outcome == 0));
        if (2 * Math.Max(won, lost) <= outcomes.Count) return null;
        var (chosen, rejected) = won > lost ? (item.Candidate, item.Champion) : (item.Champion, item.Candidate);
        return Line(new
        {
            Prompt = item.Messages,
            Chosen = new[] { new { Role = "assistant", Content = chosen } },
            Rejected = new[] { new { Role = "assistant", Content = rejected } },
        });
    }

    private static string Preferred(double outcome, bool candidateFirst) => outcome == 0.5 ? "tie" : outcome == 1 == candidateFirst ? "first" : "second";

    private static string Line(object row) => JsonSerializer.Serialize(row, Lines);
}
