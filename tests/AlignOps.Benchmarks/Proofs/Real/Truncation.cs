namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>What the limits cut off.</summary>
internal sealed record Truncation(int Pairs = 0, int CutPrompts = 0, int CutAnswers = 0, int PairsWithCutAnswer = 0, long PromptTokens = 0, long CutPromptTokens = 0, long AnswerTokens = 0, long CutAnswerTokens = 0)
{
    public Truncation Plus(int prompt, int promptLimit, int[] answers, int answerLimit) => new(
        Pairs + 1,
        CutPrompts + (prompt > promptLimit ? 1 : 0),
        CutAnswers + answers.Count(a => a > answerLimit),
        PairsWithCutAnswer + (answers.Any(a => a > answerLimit) ? 1 : 0),
        PromptTokens + prompt,
        CutPromptTokens + Math.Max(0, prompt - promptLimit),
        AnswerTokens + answers.Sum(),
        CutAnswerTokens + answers.Sum(a => Math.Max(0, a - answerLimit)));

    public Truncation Plus(Truncation other) => new(
        Pairs + other.Pairs,
        CutPrompts + other.CutPrompts,
        CutAnswers + other.CutAnswers,
        PairsWithCutAnswer + other.PairsWithCutAnswer,
        PromptTokens + other.PromptTokens,
        CutPromptTokens + other.CutPromptTokens,
        AnswerTokens + other.AnswerTokens,
        CutAnswerTokens + other.CutAnswerTokens);
}
