using AlignOps.Models.Policies;

namespace AlignOps.Models.Torch.Passes;

/// <summary>
/// Sequences of like length side by side, padded behind with token 0. A sequence's rows end before its last scored token, which nothing follows, or with the token whose
/// value is asked for.
/// </summary>
/// <param name="Members">Which sequences of the call, one a line.</param>
/// <param name="Rows">Rows of a line.</param>
/// <param name="Tokens">Line by line.</param>
/// <param name="ScoredRows">Of each scored token, the row of <paramref name="Tokens"/> that predicts it, member by member in token order.</param>
/// <param name="Targets">The scored tokens.</param>
/// <param name="ValuedMembers">The members whose value is asked for.</param>
/// <param name="ValuedRows">The row of each one's last token.</param>
internal sealed record PaddedBatch(IReadOnlyList<int> Members, int Rows, long[] Tokens, long[] ScoredRows, long[] Targets, IReadOnlyList<int> ValuedMembers, long[] ValuedRows)
{
    /// <summary>Below this many tokens a batch is not worth splitting, however uneven.</summary>
    private const int SmallBatch = 2048;

    /// <summary>Cuts a call into batches, longest sequences first. Sequences of which nothing is asked are in none.</summary>
    /// <param name="mostTokens">Padded tokens of a batch, unless one sequence alone has more.</param>
    /// <exception cref="ArgumentException">As <see cref="PolicyInput.Check(TokenSequence, PolicyConfig)"/>.</exception>
    public static IReadOnlyList<PaddedBatch> Of(IReadOnlyList<TokenSequence> sequences, PolicyConfig config, int mostTokens)
    {
        foreach (TokenSequence sequence in sequences)
        {
            PolicyInput.Check(sequence, config);
        }

        int[] rows = [.. sequences.Select(sequence => sequence.Valued ? sequence.Tokens.Length : Math.Max(0, Array.LastIndexOf(sequence.Scored, true)))];
        List<PaddedBatch> batches = [];
        List<int> members = [];
        foreach (int i in Enumerable.Range(0, rows.Length).Where(i => rows[i] > 0).OrderByDescending(i => rows[i]))
        {
            int longest = members.Count == 0 ? rows[i] : rows[members[0]];
            bool uneven = members.Count * longest >= SmallBatch && 4 * rows[i] < 3 * longest;
            if (members.Count > 0 && (uneven || (members.Count + 1) * longest > mostTokens))
            {
                batches.Add(Pad(sequences, rows, members));
                members = [];
            }

            members.Add(i);
        }

        if (members.Count > 0)
        {
            batches.Add(Pad(sequences, rows, members));
        }

        return batches;
    }

    private static PaddedBatch Pad(IReadOnlyList<TokenSequence> sequences, int[] rows, List<int> members)
    {
        int width = rows[members[0]];
        var tokens = new long[members.Count * width];
        List<long> scoredRows = [], targets = [], valuedRows = [];
        List<int> valued = [];
        foreach ((int line, int member) in members.Index())
        {
            TokenSequence sequence = sequences[member];
            for (int position = 0; position < rows[member]; position++)
            {
                tokens[(line * width) + position] = sequence.Tokens[position];
                if (position + 1 < sequence.Tokens.Length && sequence.Scored[position + 1])
                {
                    scoredRows.Add((line * width) + position);
                    targets.Add(sequence.Tokens[position + 1]);
                }
            }

            if (sequence.Valued)
            {
                valued.Add(member);
                valuedRows.Add((line * width) + rows[member] - 1);
            }
        }

        return new PaddedBatch(members, width, tokens, [.. scoredRows], [.. targets], valued, [.. valuedRows]);
    }
}
