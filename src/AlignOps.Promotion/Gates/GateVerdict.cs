using AlignOps.Contracts;
using AlignOps.Contracts.Runs;

namespace AlignOps.Promotion.Gates;

/// <summary>The rules' results as one answer and one sentence.</summary>
internal sealed record GateVerdict(GateDecision Decision, string Code, string Reason)
{
    /// <param name="lower">Lower bound of the win rate, for the sentence of a promotion.</param>
    public static GateVerdict Of(IReadOnlyList<RuleResult> rules, SliceResult? worst, GateContext context, double lower)
    {
        if (rules.FirstOrDefault(rule => rule is { Kind: RuleKind.Alarm, Verdict: RuleVerdict.Fail }) is { } alarm)
        {
            var slice = worst is null ? "" : $"; worst: {worst.Label} at {Figures.Signed(worst.Advantage)}";
            return new(GateDecision.Reject, alarm.Name, $"Rejected by rule {alarm.Name}: {Inline(alarm.Sentence)}{slice}{Batches(context)}.");
        }

        if (rules.FirstOrDefault(rule => rule.Kind == RuleKind.Requirement && rule.Verdict != RuleVerdict.Pass) is { } unmet)
        {
            return new(GateDecision.Inconclusive, unmet.Name, $"Inconclusive at rule {unmet.Name}: {Inline(unmet.Sentence)}.");
        }

        var better = rules.First(rule => rule.Name == "superiority");
        var proof = $"{Inline(better.Sentence)}, and it is at least {Figures.Text(lower)}";
        if (context.Current != context.Champion)
        {
            var now = context.Current is { } current ? $"is now {current.ShortName}" : "is no longer registered";
            return new(GateDecision.Inconclusive, GateDecided.ChampionMoved, $"Inconclusive: {proof}, but the champion {now} and the candidate was compared with {context.Champion.ShortName}.");
        }

        return context.Hold is { } hold
            ? new(GateDecision.Inconclusive, "hold", $"Inconclusive: {proof}, but {hold}.")
            : new(GateDecision.Promote, "better", $"Promoted: {proof}; no guard objects.");
    }

    private static string Batches(GateContext context) => context.BatchIds.Count == 0 ? "" : $"; batches: {string.Join(", ", context.BatchIds)}";

    /// <summary>A sentence as a part of another one.</summary>
    private static string Inline(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
