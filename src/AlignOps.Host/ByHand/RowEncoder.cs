using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.ByHand;

/// <summary>Rows as a policy sees them. What cannot be is a fault with the line and a reason.</summary>
/// <param name="tokenizer">Null where the checkpoint has none: rows of token ids will do.</param>
internal sealed class RowEncoder(PolicyConfig policy, BpeTokenizer? tokenizer)
{
    public const string TooLong = "too-long";
    public const string NothingToScore = "nothing-to-score";
    public const string NothingBefore = "nothing-before";
    public const string OutsideVocabulary = "outside-vocabulary";
    public const string NoTokenizer = "no-tokenizer";

    /// <summary>The row with what of it is scored: the completion, every assistant turn, or the tokens after the prompt's.</summary>
    public (TokenSequence? Sequence, RowFault? Fault) ForScoring(TextRow row) => Guarded(row, () =>
    {
        if (row.Tokens is { } tokens)
        {
            return Scored(row, tokens.AsSpan(0, Math.Min(row.PromptTokens, tokens.Length)), tokens.AsSpan(Math.Min(row.PromptTokens, tokens.Length)));
        }

        if (row is { Messages: { } messages, Completion: null })
        {
            ConversationTokens conversation = Tokenizer.EncodeConversation(messages);
            return conversation.Fault is { } fault
                ? (null, new RowFault(row.Line, fault.Code, fault.Sentence))
                : (new TokenSequence(conversation.Tokens, conversation.Trained), null);
        }

        if (row.Completion is null)
        {
            return (null, new RowFault(row.Line, NothingToScore, "The row has a prompt and no completion."));
        }

        return row.Messages is { } prompt
            ? Scored(row, Tokenizer.EncodePrompt(prompt), Tokenizer.EncodeAnswer(row.Completion))
            : Scored(row, Tokenizer.EncodeDocument(row.Prompt!), Tokenizer.Encode(row.Completion));
    }, sequence => sequence.ScoredCount == 0 ? new RowFault(row.Line, NothingToScore, "No token of the row is scored.") : null);

    /// <summary>The row's prompt, ready to be continued. A completion that it has beside is let be.</summary>
    public (int[]? Prompt, RowFault? Fault) ForGeneration(TextRow row)
    {
        (TokenSequence? sequence, RowFault? fault) = Guarded(row, () =>
        {
            if (row.Messages is [.., { Role: "assistant" }])
            {
                return (null, new RowFault(row.Line, NothingBefore, "The conversation ends with an answer; there is nothing to answer."));
            }

            int[] prompt = row.Tokens ?? (row.Messages is { } messages ? Tokenizer.EncodePrompt(messages) : Tokenizer.EncodeDocument(row.Prompt!));
            return (new TokenSequence(prompt, new bool[prompt.Length]), null);
        }, sequence => sequence.Tokens.Length == policy.MaxPositions ? Long(row, sequence.Tokens.Length + 1) : null);
        return (sequence?.Tokens, fault);
    }

    private BpeTokenizer Tokenizer => tokenizer ?? throw new ChatTemplateException(NoTokenizer, "The checkpoint has no tokenizer that can be followed; rows of token ids can be used.");

    private (TokenSequence? Sequence, RowFault? Fault) Guarded(
        TextRow row, Func<(TokenSequence? Sequence, RowFault? Fault)> encode, Func<TokenSequence, RowFault?> check)
    {
        try
        {
            (TokenSequence? sequence, RowFault? fault) = encode();
            fault ??= Fault(row, sequence!) ?? check(sequence!);
            return fault is null ? (sequence, null) : (null, fault);
        }
        catch (ChatTemplateException refusal)
        {
            return (null, new RowFault(row.Line, refusal.Fault.Code, refusal.Fault.Sentence));
        }
    }

    private static (TokenSequence? Sequence, RowFault? Fault) Scored(TextRow row, ReadOnlySpan<int> prompt, ReadOnlySpan<int> answer) => prompt.IsEmpty
        ? (null, new RowFault(row.Line, NothingBefore, "No token stands before the first that is to be scored; this tokenizer begins a text with none."))
        : (TokenSequence.PromptAnswer(prompt, answer), null);

    private RowFault? Fault(TextRow row, TokenSequence sequence)
    {
        if (sequence.Tokens.Length == 0)
        {
            return new RowFault(row.Line, NothingBefore, "The row has no token at all.");
        }

        int outside = Array.FindIndex(sequence.Tokens, token => token >= policy.VocabSize);
        return outside >= 0
            ? new RowFault(row.Line, OutsideVocabulary, $"Token {sequence.Tokens[outside]} is outside the vocabulary of {policy.VocabSize}.")
            : sequence.Tokens.Length > policy.MaxPositions ? Long(row, sequence.Tokens.Length) : null;
    }

    private RowFault Long(TextRow row, int tokens) => new(row.Line, TooLong, $"The row has {tokens} tokens; the policy has {policy.MaxPositions} positions.");
}
