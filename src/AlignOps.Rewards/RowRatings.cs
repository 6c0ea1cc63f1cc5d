using AlignOps.Data.Feedback;

namespace AlignOps.Rewards;

/// <summary>Feedback rows under a reward: a number an answer, and whether it orders answers as people did.</summary>
/// <param name="Rewards">An array a row, a number an answer in the row's order.</param>
/// <param name="Pairs">Answers of a row of which people judged one better, both rated.</param>
/// <param name="RightPairs">Those whose better answer has the higher reward.</param>
public sealed record RowRatings(IReadOnlyList<IReadOnlyList<double?>> Rewards, int Pairs, int RightPairs)
{
    public static RowRatings Of(IReward reward, IReadOnlyList<FeedbackRow> rows)
    {
        IReadOnlyList<double?> flat = reward.Rate([.. rows.SelectMany(row => row.Candidates.Select(c => new RatedAnswer(row.Prompt, c.Text)))]);
        List<IReadOnlyList<double?>> rewards = [];
        int at = 0, pairs = 0, right = 0;
        foreach (FeedbackRow row in rows)
        {
            double?[] own = [.. flat.Skip(at).Take(row.Candidates.Count)];
            at += own.Length;
            rewards.Add(own);
            for (int better = 0; better < own.Length; better++)
            {
                for (int worse = 0; worse < own.Length; worse++)
                {
                    if (row.Candidates[better].Score > row.Candidates[worse].Score && own[better] is { } high && own[worse] is { } low)
                    {
                        pairs++;
                        right += high > low ? 1 : 0;
                    }
                }
            }
        }

        return new RowRatings(rewards, pairs, right);
    }
}
