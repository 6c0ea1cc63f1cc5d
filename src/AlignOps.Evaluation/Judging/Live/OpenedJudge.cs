using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>A judge with all that it needs to be asked: endpoints, accounts and pace, or a model in memory.</summary>
/// <param name="ask">Makes the judge for an occasion.</param>
/// <param name="accounts">Of those who ask a language model; none where nobody does.</param>
/// <param name="owned">Let go with this.</param>
internal sealed class OpenedJudge(string identity, Func<string, IJudge> ask, IReadOnlyList<(CallTally Tally, Budget Budget)> accounts, params IReadOnlyList<IDisposable> owned) : IDisposable
{
    /// <summary>All that decides about its verdicts, in words.</summary>
    public string Identity => identity;

    public string Digest { get; } = ask("").Digest;

    public CallTally Tally => accounts is [var (tally, _)] ? tally : CallTally.Sum(accounts.Select(account => account.Tally));

    public Spend Spent => accounts.Aggregate(default(Spend), (sum, account) => sum + account.Budget.Spent);

    internal IReadOnlyList<(CallTally Tally, Budget Budget)> Accounts => accounts;

    /// <param name="occasion">Empty: what was answered before under the judge's digest is not asked again. Any other: asked afresh, once on this occasion, as repetition and drift need.</param>
    public IJudge Ask(string occasion = "") => ask(occasion);

    public void Dispose()
    {
        foreach (var one in owned) one.Dispose();
    }
}
