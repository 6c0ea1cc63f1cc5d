using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>A judge with its endpoint, its account and its pace.</summary>
internal sealed class OpenedJudge(JudgeSection section, InferenceClient client, Budget budget) : IDisposable
{
    public string Digest { get; } = LlmJudge.DigestOf(section);

    public CallTally Tally => client.Tally;

    public Spend Spent => budget.Spent;

    /// <param name="occasion">Empty: what was answered before under the judge's digest is not asked again. Any other: asked afresh, once on this occasion, as repetition and drift need.</param>
    public LlmJudge Ask(string occasion = "") => new(section, client, occasion);

    public void Dispose() => client.Dispose();
}
