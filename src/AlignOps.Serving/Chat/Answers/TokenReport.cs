using System.Text;
using AlignOps.Models.Generation;
using AlignOps.Models.Tokenization;

namespace AlignOps.Serving.Chat.Answers;

/// <summary>Writes drawn tokens the way OpenAI's <c>logprobs</c> do.</summary>
internal static class TokenReport
{
    /// <summary>What OpenAI writes for a token that cannot come; JSON has no infinity.</summary>
    private const double Never = -9999;

    public static TokenLogProbability Of(DrawnToken drawn, ITokenizer tokenizer) => new(
        Text(drawn.Token, tokenizer), Finite(drawn.LogProbability), Bytes(drawn.Token, tokenizer),
        [.. drawn.Likeliest.Select(other => new TokenAlternative(Text(other.Token, tokenizer), Finite(other.LogProbability), Bytes(other.Token, tokenizer)))]);

    /// <summary>Part of a character is written as U+FFFD; the bytes tell what it is.</summary>
    private static string Text(int token, ITokenizer tokenizer) => Encoding.UTF8.GetString(tokenizer.Bytes(token));

    private static int[] Bytes(int token, ITokenizer tokenizer)
    {
        var bytes = tokenizer.Bytes(token);
        var numbers = new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            numbers[i] = bytes[i];
        }

        return numbers;
    }

    private static double Finite(float value) => float.IsFinite(value) ? value : Never;
}
