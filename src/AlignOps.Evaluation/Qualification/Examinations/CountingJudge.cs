using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Qualification.Examinations;

/// <summary>A judge, with a count of what it was asked and of the calls that failed.</summary>
internal sealed class CountingJudge(IJudge judge, Func<JudgeVerdict, Task> said) : IJudge
{
    public string Name => judge.Name;

    public string Digest => judge.Digest;

    public async Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var verdict = await judge.CompareAsync(item, first, second, cancellationToken);
        await said(verdict);
        return verdict;
    }
}
