using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>Tells a judge's digest without asking it anything.</summary>
internal static class JudgeIdentity
{
    /// <returns>Empty where a judge that is made of others, or of a model's files, cannot be opened.</returns>
    public static async Task<string> DigestAsync(this JudgeOpener opener, JudgeSection judge, CancellationToken cancellationToken)
    {
        if (judge.AsksAModel) return LlmJudge.DigestOf(judge);
        using var opened = (await opener.OpenAsync(judge, new JudgeAccount("identity", judge.Budget), cancellationToken)).Judge;
        return opened?.Digest ?? "";
    }
}
