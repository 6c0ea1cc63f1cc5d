using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Promotion.Approvals;
using AlignOps.Promotion.Gates.Rules;

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

        if (rules.FirstOrDefault(rule => rule.Kind == RuleKind.Requirement && rule.Verdict != RuleVerdict.Pass && rule.Name != ApprovalRule.Name && !PeopleRule.IsOpen(rule)) is { } unmet)
        {
            return new(GateDecision.Inconclusive, unmet.Name, $"Inconclusive at rule {unmet.Name}: {Inline(unmet.Sentence)}.");
        }

        var proof = Proof(rules, lower);
        if (context.Current != context.Champion)
        {
            var now = context.Current is { } current ? $"is now {current.ShortName}" : "is no longer registered";
            return new(GateDecision.Inconclusive, GateDecided.ChampionMoved, $"Inconclusive: {proof}, but the champion {now} and the candidate was compared with {context.Champion.ShortName}.");
        }

        // A hold is no evidence: the candidate has passed, and waits until a person lets it go on.
        var waits = context.Hold is { } hold ? $" It waits, for {hold}." : "";

        // People are asked last: for what evidence already stops, nobody needs to be. First those who compare answers, since whoever approves wants to know what they say.
        if (rules.FirstOrDefault(PeopleRule.IsOpen) is { } people)
        {
            return new(GateDecision.AwaitingApproval, PeopleRule.Name, $"Awaiting people: {Inline(people.Sentence)}; {proof}; no guard objects.");
        }

        return rules.FirstOrDefault(rule => rule.Name == ApprovalRule.Name) is { } approval
            ? new(GateDecision.AwaitingApproval, ApprovalRule.Name, $"Awaiting approval: {Inline(approval.Sentence)}; {proof}; no guard objects.")
            : new(GateDecision.Promote, "better", $"Promoted: {proof}; no guard objects.{waits}");
    }

    /// <summary>What a promotion rests on, as a part of a sentence.</summary>
    public static string Proof(IReadOnlyList<RuleResult> rules, double lower) =>
        $"{Inline(rules.First(rule => rule.Name == "superiority").Sentence)}, and it is at least {Figures.Text(lower)}";

    private static string Batches(GateContext context) => context.BatchIds.Count == 0 ? "" : $"; batches: {string.Join(", ", context.BatchIds)}";

    /// <summary>A sentence as a part of another one.</summary>
    private static string Inline(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
