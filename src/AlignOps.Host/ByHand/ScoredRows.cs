using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;

namespace AlignOps.Host.ByHand;

/// <summary>Rows scored by a policy, or rated by a reward model where the adapter is one.</summary>
internal static class ScoredRows
{
    /// <summary>Rows scored before their lines are given.</summary>
    private const int RowsAtOnce = 64;

    /// <summary>A line a row, in order; the policy is in memory while they are taken.</summary>
    public static IEnumerable<string> Lines(IPolicyEngine engine, string model, string? adapter, IReadOnlyList<(TextRow Row, TokenSequence Encoded)> rows) =>
        adapter is not null && AdapterDirectory.ReadConfig(adapter).Config.RewardHead
            ? Rewards(engine, model, adapter, rows)
            : LogProbabilities(engine, model, adapter, rows);

    private static IEnumerable<string> LogProbabilities(IPolicyEngine engine, string model, string? adapter, IReadOnlyList<(TextRow Row, TokenSequence Encoded)> rows)
    {
        using IPolicyModel policy = engine.Load(model, adapter);
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            IReadOnlyList<float[]> scores = policy.Score([.. chunk.Select(row => row.Encoded)]);
            foreach (var (row, score) in chunk.Zip(scores))
            {
                yield return ScoredLine.Write(row.Row, row.Encoded.Tokens, row.Encoded.Scored, score);
            }
        }
    }

    private static IEnumerable<string> Rewards(IPolicyEngine engine, string model, string adapter, IReadOnlyList<(TextRow Row, TokenSequence Encoded)> rows)
    {
        using IRewardModel judge = engine.LoadRewardModel(model, adapter);
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            foreach (var (row, reward) in chunk.Zip(judge.Score([.. chunk.Select(row => row.Encoded.Tokens)])))
            {
                yield return ScoredLine.Write(row.Row, row.Encoded.Tokens, reward);
            }
        }
    }
}
