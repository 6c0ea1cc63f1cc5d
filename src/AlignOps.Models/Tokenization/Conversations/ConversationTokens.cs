namespace AlignOps.Models.Tokenization;

/// <summary>A whole conversation as training sees it.</summary>
/// <param name="Tokens">Ids up to the last assistant turn's end token; empty where there is a fault.</param>
/// <param name="Trained">One a token: whether an assistant wrote it. The token that ends its turn counts, whatever else it is used for.</param>
public sealed record ConversationTokens(int[] Tokens, bool[] Trained)
{
    /// <summary>Where the trained tokens of each assistant turn lie, in the order of the messages, its end token included.</summary>
    public IReadOnlyList<TokenSpan> Turns { get; init; } = [];

    /// <summary>Why there are no tokens; null where there are.</summary>
    public TokenizationFault? Fault { get; init; }

    public static ConversationTokens Of(int[] tokens, IReadOnlyList<TokenSpan> turns)
    {
        var trained = new bool[tokens.Length];
        foreach (TokenSpan turn in turns)
        {
            trained.AsSpan(turn.Start, turn.Length).Fill(true);
        }

        return new ConversationTokens(tokens, trained) { Turns = turns };
    }

    public static ConversationTokens Refused(TokenizationFault fault) => new([], []) { Fault = fault };
}
