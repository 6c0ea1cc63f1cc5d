using AlignOps.Contracts;
using AlignOps.Promotion.Gates;

namespace AlignOps.Promotion.Approvals;

/// <summary>The people's line in a gate's table of rules.</summary>
internal static class ApprovalRule
{
    public const string Name = "approval";

    public static RuleResult Open(ApprovalRequirement requirement, double days) => Result(
        requirement, RuleVerdict.Undecided, 0, $"{requirement} {(requirement.Needed == 1 ? "is" : "are")} needed within {Figures.Text(days)} days, by people who pushed none of the batches.");

    /// <summary>The record as it stands once people have answered, or can no longer.</summary>
    public static GateRecord Close(GateRecord open, ApprovalRequirement requirement, GateDecision decision, string code, string reason, IReadOnlyList<ApprovalVote> votes)
    {
        var given = votes.Count(vote => vote.Answer == ApprovalVote.Approve);
        var verdict = decision switch { GateDecision.Promote => RuleVerdict.Pass, GateDecision.Reject => RuleVerdict.Fail, _ => RuleVerdict.Undecided };
        var line = Result(requirement, verdict, given, reason);
        return open with { Decision = decision, Code = code, Reason = reason, Rules = [.. open.Rules.Select(rule => rule.Name == Name ? line : rule)], Approvals = votes };
    }

    private static RuleResult Result(ApprovalRequirement requirement, RuleVerdict verdict, int given, string sentence) =>
        new(Name, RuleKind.Requirement, verdict, $"Approvals of {requirement.RoleName}", given, requirement.Needed, given, null, null, null, sentence);
}
