using System.Globalization;
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

    /// <summary>
    /// A pair's text for language modelling, without saying which answer was preferred: the prompt with one answer, all of it to be predicted,
    /// and the other answer after the prompt's end.
    /// </summary>
    public IEnumerable<TrainingExample> Transcripts(PreferencePair pair, int number)
    {
        var prompt = tokenizer.EncodePrompt(pair.Row.Prompt);
        var transcript = Ending(prompt, recipe.TranscriptTokens);
        var (whole, other) = number % 2 == 0 ? (pair.Chosen, pair.Rejected) : (pair.Rejected, pair.Chosen);
        var name = number.ToString(CultureInfo.InvariantCulture);
        yield return new TrainingExample(name + "/whole", transcript[..1], [new TrainingCandidate([.. transcript[1..], .. Answer(whole)], null)]);
        yield return new TrainingExample(name + "/other", Ending(prompt, recipe.PromptTokens), [new TrainingCandidate(Answer(other), null)]);
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
