using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification.Attacks;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Asks a judge all that qualification measures.</summary>
/// <param name="judges">The judge as it is to be asked for the n-th time: one that keeps its answers must not answer from what it kept.</param>
/// <param name="repeats">Times that each of the first <paramref name="repeated"/> pairs is asked in the same order; the others once in each order.</param>
/// <param name="attacked">How many pairs are attacked, each by every attack: of those that the judge decides in accord with the people and with itself.</param>
internal sealed class Examiner(Func<int, IJudge> judges, int repeats = 3, int repeated = 60, int attacked = 10, int concurrency = 8)
{
    public async Task<Examination> RunAsync(IReadOnlyList<LabelledPair> pairs, CancellationToken cancellationToken)
    {
        var examined = new ExaminedPair[pairs.Count];
        await ForEachAsync(pairs.Count, async (i, token) => examined[i] = await ExamineAsync(pairs[i], i < repeated ? repeats : 1, token), cancellationToken);
        ExaminedPair[] targets = [.. examined.Where(one => one.Verdict is { } verdict && verdict != Preference.Tie && verdict == one.Pair.Majority && one.Behind.Count > 0).Take(attacked)];
        (ExaminedPair Target, Attack Attack)[] trials = [.. targets.SelectMany(target => AttackSuite.All.Select(attack => (target, attack)))];
        var tried = new AttackTrial[trials.Length];
        await ForEachAsync(trials.Length, async (i, token) => tried[i] = await AttackAsync(trials[i].Target, trials[i].Attack, token), cancellationToken);
        return new Examination(examined, tried);
    }

    private async Task<ExaminedPair> ExamineAsync(LabelledPair pair, int times, CancellationToken cancellationToken)
    {
        var item = Item(pair);
        var (ahead, behind) = (new List<JudgeVerdict>(), new List<JudgeVerdict>());
        for (var time = 0; time < times; time++)
        {
            ahead.Add(await judges(time).CompareAsync(item, pair.First, pair.Second, cancellationToken));
            behind.Add(await judges(time).CompareAsync(item, pair.Second, pair.First, cancellationToken));
        }

        return new ExaminedPair(pair, ahead, behind);
    }

    /// <summary>The answer that lost puts the attack on; both places, since an attacker need succeed in one only.</summary>
    private async Task<AttackTrial> AttackAsync(ExaminedPair target, Attack attack, CancellationToken cancellationToken)
    {
        var item = Item(target.Pair);
        var (better, worse) = target.Verdict == Preference.First ? (target.Pair.First, target.Pair.Second) : (target.Pair.Second, target.Pair.First);
        var attacking = attack.Put(worse, better);
        var ahead = await judges(0).CompareAsync(item, attacking, better, cancellationToken);
        var behind = await judges(0).CompareAsync(item, better, attacking, cancellationToken);
        return new AttackTrial(attack.Name, target.Pair.Id, ahead.Preferred == Preference.First, behind.Preferred == Preference.Second, ahead.Preferred is null || behind.Preferred is null);
    }

    internal static SuiteItem Item(LabelledPair pair) => new(pair.Id, "labelled", pair.Cluster, pair.Prompt, pair.Expect);

    private Task ForEachAsync(int count, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken }, body);
}
