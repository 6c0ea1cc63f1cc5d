using AlignOps.Contracts.Evidence;

namespace AlignOps.WebConsole.Reading;

/// <summary>Answers side by side, some of an evidence file.</summary>
/// <param name="Shown">Which ones: <c>all</c>, <c>better</c>, <c>worse</c>, <c>tied</c> or <c>unscored</c>.</param>
/// <param name="Counts">How many there are of each.</param>
/// <param name="Page">From 1.</param>
public sealed record AnswerPage(IReadOnlyList<EvidenceItem> Items, string Shown, IReadOnlyDictionary<string, int> Counts, int Page, int Pages, bool AnchorIsChampion)
{
    public const int Size = 8;
    public static readonly IReadOnlyList<string> Kinds = ["all", "better", "worse", "tied", "unscored"];

    internal static AnswerPage Of(EvidenceFile file, string? kind, int page)
    {
        var shown = Kinds.Contains(kind) ? kind! : "all";
        var counts = Kinds.ToDictionary(one => one, one => file.Items.Count(item => Is(item, one)));
        var pages = Math.Max(1, (counts[shown] + Size - 1) / Size);
        var at = Math.Clamp(page, 1, pages);
        return new AnswerPage([.. file.Items.Where(item => Is(item, shown)).Skip((at - 1) * Size).Take(Size)], shown, counts, at, pages, file.Header.Anchor == file.Header.Champion);
    }

    /// <summary>How the candidate's answer compares: by the judge, or in a regression suite by the scores.</summary>
    public static string Comparison(EvidenceItem item)
    {
        var advantage = item.VersusChampion is { } judged ? judged.Outcome - 0.5 : item.Candidate.Score - item.Champion.Score;
        return advantage switch
        {
            null => "unscored",
            > 0 => "better",
            < 0 => "worse",
            _ => "tied",
        };
    }

    private static bool Is(EvidenceItem item, string kind) => kind == "all" || Comparison(item) == kind;
}
