using System.Globalization;
using AlignOps.Data;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>
/// Pairs as tokens, cut to the recipe's limits. A prompt keeps its end, where the question is; an answer keeps its beginning, and loses its end token
/// with the rest when it is cut, so that a cut answer is not taken for one that ends there.
/// </summary>
internal sealed class PairEncoder(BpeTokenizer tokenizer, RealRecipe recipe)
{
    /// <summary>One example a pair, for ranking: the preferred answer scores 1, the other 0.</summary>
    public TrainingExample Comparison(PreferencePair pair) => new(
        pair.Row.Id,
        Ending(tokenizer.EncodePrompt(pair.Row.Prompt), recipe.PromptTokens),
        [new TrainingCandidate(Answer(pair.Chosen), 1), new TrainingCandidate(Answer(pair.Rejected), 0)]);

    /// <summary>The same pair with its preference turned around.</summary>
    public static TrainingExample Turned(TrainingExample pair) => pair with { Candidates = [.. pair.Candidates.Select(c => c with { Score = 1 - c.Score })] };

    /// <summary>A dialogue for language modelling: all of it is to be predicted.</summary>
    public TrainingExample Transcript((string Instruction, string Answer) dialogue, int number)
    {
        var prompt = Ending(tokenizer.EncodePrompt([new ChatMessage("user", dialogue.Instruction)]), recipe.TranscriptTokens);
        return new TrainingExample(number.ToString(CultureInfo.InvariantCulture), prompt[..1], [new TrainingCandidate([.. prompt[1..], .. Answer(dialogue.Answer)], null)]);
    }

    public Truncation Count(IEnumerable<PreferencePair> pairs) => pairs.Aggregate(new Truncation(), (total, pair) =>
    {
        var prompt = tokenizer.EncodePrompt(pair.Row.Prompt).Length;
        int[] answers = [tokenizer.EncodeAnswer(pair.Chosen).Length, tokenizer.EncodeAnswer(pair.Rejected).Length];
        return total.Plus(prompt, recipe.PromptTokens, answers, recipe.AnswerTokens);
    });

    private int[] Answer(string text) => tokenizer.EncodeAnswer(text) is var tokens && tokens.Length > recipe.AnswerTokens ? tokens[..recipe.AnswerTokens] : tokens;

    private static int[] Ending(int[] tokens, int limit) => tokens.Length > limit ? tokens[^limit..] : tokens;
}
