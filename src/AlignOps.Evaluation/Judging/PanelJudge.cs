using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>Several judges and a rule for what they say together, order by order. A member that says nothing says so by name; it is never counted as a tie.</summary>
internal sealed class PanelJudge(string name, JudgePanelRule rule, IReadOnlyList<IJudge> members) : IJudge
{
    public string Name => name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity(rule, members.Select(member => member.Digest)))));

    public static string Identity(JudgePanelRule rule, IEnumerable<string> digests) => $"panel 1\n{rule}\n{string.Join('\n', digests.Order(StringComparer.Ordinal))}";

    public async Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var said = await Task.WhenAll(members.Select(member => member.CompareAsync(item, first, second, cancellationToken)));
        return Join(rule, said) with
        {
            Parts = [.. members.Zip(said, (member, one) => new VerdictPart(member.Name, one.Share, one.Scores?.First, one.Scores?.Second, one.UnscoredReason))],
            Calls = [.. members.Zip(said, (member, one) => one.Calls.Select(call => call with { About = $"{member.Name}: {call.About}" })).SelectMany(calls => calls)],
        };
    }

    internal static JudgeVerdict Join(JudgePanelRule rule, IReadOnlyList<JudgeVerdict> said)
    {
        var heard = said.Where(one => one.Share is not null).ToList();
        if (rule == JudgePanelRule.Unanimity ? heard.Count < said.Count : 2 * heard.Count <= said.Count) return JudgeVerdict.Unscored(Silence(rule, said));
        if (rule == JudgePanelRule.Mean) return JudgeVerdict.Of(heard.Average(one => one.Share!.Value));

        var most = heard.GroupBy(one => one.Preferred!.Value).MaxBy(group => group.Count())!;
        return JudgeVerdict.Of((rule == JudgePanelRule.Unanimity ? most.Count() == said.Count : 2 * most.Count() > said.Count) ? most.Key : Preference.Tie);
    }

    /// <summary>One reason where all who are silent give it, so that an endpoint that is down is told as that.</summary>
    private static string Silence(JudgePanelRule rule, IReadOnlyList<JudgeVerdict> said) => said.Select(one => one.UnscoredReason).OfType<string>().Distinct().ToList() is [var one]
        ? one
        : rule == JudgePanelRule.Unanimity ? UnscoredReasons.MemberUnscored : UnscoredReasons.TooFewMembers;
}
