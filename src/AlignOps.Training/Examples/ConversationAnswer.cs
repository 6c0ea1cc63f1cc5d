using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>An answer with the assistant's turns before it, as one stretch of tokens of which only the assistant's are learned.</summary>
internal static class ConversationAnswer
{
    /// <summary>
    /// The whole conversation from its first learned turn on: the candidate's prompt is what stands before that turn, its weights are 1 on the learned turns,
    /// end tokens included, and 0 between them. Null where the chat template writes an earlier turn otherwise inside the longer conversation.
    /// </summary>
    /// <param name="messages">Up to the answer, the last turn being the user's.</param>
    /// <param name="learned">Whether the assistant's turn at that place of <paramref name="messages"/> is learned; the answer always is.</param>
    public static TrainingCandidate? Encode(ITokenizer tokenizer, IReadOnlyList<ChatMessage> messages, string answer, Func<int, bool> learned, double? score = null)
    {
        int[] tokens = tokenizer.EncodePrompt(messages);
        int last = tokens.Length;
        tokens = [.. tokens, .. tokenizer.EncodeAnswer(answer)];
        List<(int Start, int End)> turns = [];
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role != "assistant" || i == 0 || !learned(i))
            {
                continue;
            }

            int[] before = tokenizer.EncodePrompt([.. messages.Take(i)]);
            int[] turn = tokenizer.EncodeAnswer(messages[i].Content);
            if (!tokens.AsSpan().StartsWith(before) || !tokens.AsSpan(before.Length).StartsWith(turn))
            {
                return null;
            }

            turns.Add((before.Length, before.Length + turn.Length));
        }

        turns.Add((last, tokens.Length));
        int start = turns[0].Start;
        var weights = new double[tokens.Length - start];
        foreach ((int from, int to) in turns)
        {
            weights.AsSpan(from - start, to - from).Fill(1);
        }

        return turns.Count == 1 ? new TrainingCandidate(tokens[start..], score) : new TrainingCandidate(tokens[start..], score, Prompt: tokens[..start], Weights: weights);
    }
}
