using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Suites;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Judging;

/// <summary>Prefers the answer with the higher reward. A reward means nothing but by its difference from another of the same model, so there is no scale.</summary>
/// <param name="tieWithin">Rewards no further apart are a tie.</param>
internal sealed class RewardModelJudge(string name, IReward reward, double tieWithin) : IJudge, IAnswerScorer
{
    private readonly Lock _one = new();

    public string Name => name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity(reward, tieWithin))));

    public IAnswerScorer? Scorer => this;

    public (double Lowest, double Highest)? Scale => null;

    public static string Identity(IReward reward, double tieWithin) => string.Create(CultureInfo.InvariantCulture, $"reward judge 1\n{reward.Digest}\nscore difference, tie within {tieWithin}");

    public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var rewards = Rate(item, first, second);
        return Task.FromResult((rewards[0], rewards[1]) is ({ } one, { } other) ? JudgeVerdict.Of(new ScoredPair(one, other, tieWithin)) : JudgeVerdict.Unscored(UnscoredReasons.NotRated));
    }

    public Task<AnswerScore> ScoreAsync(SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken) =>
        Task.FromResult(Rate(item, answer)[0] is { } value ? new AnswerScore(value, null) : AnswerScore.Unscored(UnscoredReasons.NotRated));

    /// <summary>A model rates for one at a time.</summary>
    private IReadOnlyList<double?> Rate(SuiteItem item, params JudgedAnswer[] answers)
    {
        lock (_one) return [.. reward.Rate([.. answers.Select(answer => new RatedAnswer(item.Conversation(answer.Earlier), answer.Text))]).Select(value => value is { } number && double.IsFinite(number) ? value : null)];
    }
}
