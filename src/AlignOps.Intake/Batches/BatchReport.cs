using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Intake.Batches;

/// <summary>What became of a batch's rows, in figures and with the first that were not accepted. It is made once and never changes.</summary>
/// <param name="Format">The one format that all rows were read as, <c>mixed</c>, or <c>unknown</c>.</param>
/// <param name="PushedAt">UTC.</param>
/// <param name="ByReason">How many rows were not accepted for each reason.</param>
/// <param name="Formats">How many rows were read as each format; <c>unknown</c> counts those that none recognised.</param>
/// <param name="Kinds">How many accepted rows there are of each kind.</param>
/// <param name="UnusedNote">Which accepted rows the pipeline's method does not train on; null when it uses all.</param>
/// <param name="Problems">The first rows that were not accepted; all of them are at <c>/v1/batches/{id}/rows</c>.</param>
public sealed record BatchReport(
    string BatchId,
    string Pipeline,
    string Name,
    string ContentHash,
    string Format,
    string PushedBy,
    DateTimeOffset PushedAt,
    int Rows,
    int Accepted,
    int Duplicate,
    int Quarantined,
    int Rejected,
    IReadOnlyDictionary<string, int> ByReason,
    IReadOnlyDictionary<string, int> Formats,
    IReadOnlyDictionary<string, int> Kinds,
    string? UnusedNote,
    IReadOnlyList<RowProblem> Problems)
{
    /// <summary>What the rows were taken for and why, a line a format; most rows first. Empty in reports of earlier versions.</summary>
    public IReadOnlyList<string> Detected { get; init; } = [];

    private const int ProblemsShown = 20;
    private const string Unknown = "unknown";

    internal static BatchReport Of(BatchIdentity batch, DateTimeOffset pushedAt, IReadOnlyCollection<string> usedKinds, BatchContents contents)
    {
        var outcomes = contents.Outcomes;
        var accepted = outcomes.Where(o => o.Verdict == RowVerdict.Accepted).ToList();
        var formats = Count(outcomes.Select(o => o.Format ?? Unknown));
        var known = formats.Keys.Where(format => format != Unknown).ToList();
        var kinds = Count(accepted.Select(o => o.Row!.Kind.Name()));
        return new BatchReport(
            batch.BatchId,
            batch.Pipeline,
            batch.Name,
            batch.ContentHash,
            known.Count switch { 0 => Unknown, 1 => known[0], _ => "mixed" },
            batch.PushedBy,
            pushedAt,
            outcomes.Count,
            accepted.Count,
            outcomes.Count(o => o.Verdict == RowVerdict.Duplicate),
            outcomes.Count(o => o.Verdict == RowVerdict.Quarantined),
            outcomes.Count(o => o.Verdict == RowVerdict.Rejected),
            Count(outcomes.Where(o => o.Fault is not null).Select(o => o.Fault!.Reason)),
            formats,
            kinds,
            Unused(kinds, usedKinds),
            [.. outcomes.Where(o => o.Fault is not null).Take(ProblemsShown).Select(o => new RowProblem(o.Line, o.Verdict.Name(), o.Fault!.Reason, o.Fault.Sentence))])
        {
            Detected = contents.Detected,
        };
    }

    private static SortedDictionary<string, int> Count(IEnumerable<string> names) => new(names.CountBy(name => name).ToDictionary(), StringComparer.Ordinal);

    private static string? Unused(SortedDictionary<string, int> kinds, IReadOnlyCollection<string> used)
    {
        var unused = kinds.Where(kind => !used.Contains(kind.Key)).ToList();
        return unused.Count == 0
            ? null
            : $"Kept and not trained on: {string.Join(", ", unused.Select(kind => $"{kind.Value} {kind.Key}"))}. This pipeline's method uses {string.Join(", ", used)}.{ThumbsNote(unused.Select(kind => kind.Key), used)}";
    }

    /// <summary>What becomes of single judged answers in a pipeline that compares answers, and how to learn from them as they are.</summary>
    internal static string ThumbsNote(IEnumerable<string> unused, IReadOnlyCollection<string> used) =>
        !unused.Contains(FeedbackKind.Thumb.Name()) ? ""
        : (used.Contains(FeedbackKind.Ranking.Name()) ? " Thumbs on one prompt are ranked where its answers fared differently." : "")
            + " Single thumbs are learned by training.method: kto with thumb in mix.kinds.";
}
