using System.Text.RegularExpressions;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>Takes an answer out of what a model wrote, as lm-evaluation-harness' regex filter does.</summary>
/// <param name="Name">Part of the metric's name, such as <c>strict-match</c>; empty: the answer as it is.</param>
/// <param name="Group">Which of the matches: 0 the first, −1 the last.</param>
public sealed record AnswerFilter(string Name, string? Pattern, int Group = 0)
{
    /// <summary>What stands for an answer in which nothing matched: it equals no target.</summary>
    public const string Invalid = "[invalid]";

    public static readonly AnswerFilter None = new("", null);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <exception cref="RegexMatchTimeoutException">The pattern took longer than a second on this answer.</exception>
    public string Apply(string answer)
    {
        if (Pattern is null)
        {
            return answer;
        }

        var matches = Regex.Matches(answer, Pattern, RegexOptions.CultureInvariant, Limit);
        var at = Group < 0 ? matches.Count + Group : Group;
        return at >= 0 && at < matches.Count ? Found(matches[at]).Trim() : Invalid;
    }

    /// <summary>The whole match where the pattern has no group, the group where it has one, else the first group that found something.</summary>
    private static string Found(Match match) => match.Groups.Count switch
    {
        1 => match.Value,
        2 => match.Groups[1].Value,
        _ => match.Groups.Values.Skip(1).FirstOrDefault(group => group.Length > 0)?.Value ?? Invalid,
    };
}
