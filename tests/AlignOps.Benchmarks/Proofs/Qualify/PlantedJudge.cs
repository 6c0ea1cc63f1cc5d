using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Benchmarks.Proofs.Qualify;

/// <summary>A judge with a known fault, of whom the right finding is known too.</summary>
internal sealed class PlantedJudge(string name, Func<string, string, Preference> compares) : IJudge
{
    public string Name => name;

    public string Digest => "planted " + name;

    public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) => Task.FromResult(JudgeVerdict.Of(compares(first.Text, second.Text)));
}
