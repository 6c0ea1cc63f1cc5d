using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary><c>judge.kinds</c>: every kind of judge, from pipeline.yaml to the evidence, over a server that does what servers do.</summary>
internal sealed class JudgeKindsProof : IProof
{
    private static readonly string[] Planted = ["prose", "two verdicts", "empty", "refused", "content filter", "429", "5xx", "no completion"];

    private static readonly string[] Named =
    [
        "refused", "empty", "no-verdict", "two-verdicts", "verdict-not-offered", "verdict-not-last", "reference-missing", "one-turn", "labels-unlikely", "too-few-samples", "not-applicable", "too-few-members",
        "rate-limited", "server-error", "malformed", "timed-out", "endpoint-down", "unanswered",
    ];

    public string Name => "judge.kinds";

    public string Claim =>
        "all kinds of judge of one definition, asked by the evaluation worker over HTTP: each prefers the kinder model, every judgment ends scored or in a named state, a second run costs nothing, "
        + "empty, constant and attacking answers end likewise, and each digest changes with everything that decides and with nothing else";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        await using var server = await KindsServer.StartAsync(cancellationToken);
        await using var world = new KindsWorld();
        await world.StartAsync(cancellationToken);
        var definition = KindsPipeline.Definition(server.Url, world.Base, world.Reward);

        var first = await ReportsAsync(world, "first", definition, Manners.Kind, cancellationToken);
        var (asked, judged) = (server.Requests, first.ToDictionary(report => report.Judge, StringComparer.Ordinal));
        KindsTable.Print(first);
        Console.WriteLine($"  server: {asked} requests; {string.Join(", ", server.Counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"))}");
        var holds = Say(Planted.All(server.Counts.ContainsKey), "every fault that was planted did occur");
        holds &= Say(first.All(report => report.Scored + report.Unscored.Values.Sum() == report.Comparisons && report.Unscored.Keys.All(Named.Contains)), "every pair of every judge is scored, or unscored by a name");
        holds &= Say(first.All(report => report.WinRate > 0.5), "every judge prefers the kinder model");
        holds &= Say(first.Select(report => report.JudgeDigest).Distinct().Count() == first.Count, $"{first.Count} judges, {first.Select(report => report.JudgeDigest).Distinct().Count()} digests");
        holds &= Say(
            judged["turns"].Unscored.GetValueOrDefault("one-turn") is > 20 and <= 30 && judged["pairs with reference"].Unscored.GetValueOrDefault("reference-missing") == 6 && judged["panel"].Tokens == judged["pairs"].Tokens + judged["soft"].Tokens,
            "items of one turn are not for judges of several, items without a reference not for judges with one, and a panel asks nobody again who has answered");

        var second = await ReportsAsync(world, "second", definition, Manners.Kind, cancellationToken);
        holds &= Say(
            server.Requests == asked && second.All(report => report.Tokens == 0) && second.Zip(first).All(pair => (pair.First.WinRate, pair.First.Scored, pair.First.Inconsistent) == (pair.Second.WinRate, pair.Second.Scored, pair.Second.Inconsistent)),
            $"a second run made {server.Requests - asked} requests and says the same, of the unscored too");
        holds &= await CheatsAsync(world, definition, judged, cancellationToken);
        holds &= await RawAsync(world, cancellationToken);
        foreach (var made in first.Where(report => report.Parts is not null)) Console.WriteLine($"  {made.Judge}: {string.Join(", ", made.Parts!.Select(part => FormattableString.Invariant($"{part.Name} {part.WinRate:0.00}{(part.Candidate is { } ours ? FormattableString.Invariant($" ({ours:0.0} against {part.Champion:0.0})") : "")} of {part.Pairs}")))}");
        return holds & await DigestsAsync(world, definition, cancellationToken);
    }

    /// <summary>The judges by script guess one time in ten, so a share of some sixty pairs is no proof of a preference by itself.</summary>
    private static async Task<bool> CheatsAsync(KindsWorld world, string definition, Dictionary<string, JudgeReport> honest, CancellationToken cancellationToken)
    {
        var holds = true;
        foreach (var manner in new[] { Manners.Empty, Manners.Same, Manners.Attacking })
        {
            var reports = await ReportsAsync(world, manner, definition, manner, cancellationToken);
            Console.WriteLine($"  a candidate whose answers are {manner}: win rates {string.Join(", ", reports.Select(report => $"{report.Judge} {report.WinRate:0.00}"))}");
            holds &= Say(
                reports.All(report => report.Scored + report.Unscored.Values.Sum() == report.Comparisons && report.Unscored.Keys.All(Named.Contains)) && reports.Where(Reads).All(report => !(report.Lower > 0.5) && !(report.WinRate >= honest[report.Judge].WinRate)),
                $"{reports.Sum(report => report.Comparisons)} judgments, all scored or unscored by a name ({string.Join(", ", reports.SelectMany(report => report.Unscored.Keys).Distinct().Order(StringComparer.Ordinal))}), and no judge that reads answers is shown to prefer it, or gives it as much as the kinder model");
        }

        return holds;
    }

    /// <summary>A reward model of a few thousand weights knows nothing of texts that it was not trained on; what it finds is printed and proves nothing.</summary>
    private static bool Reads(JudgeReport report) => report.Judge != "reward";

    /// <summary>What models said is there word for word, under the digest of who was asked.</summary>
    private static async Task<bool> RawAsync(KindsWorld world, CancellationToken cancellationToken)
    {
        await using var connection = await world.Services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        var (answers, judges) = (await connection.QuerySingleAsync<int>("select count(*) from evaluation_judge_answers"), await connection.QuerySingleAsync<int>("select count(distinct judge_digest) from evaluation_judge_answers"));
        return Say(answers > 1000 && judges == 12, $"{answers} raw answers are kept, under {judges} digests");
    }

    private static async Task<bool> DigestsAsync(KindsWorld world, string definition, CancellationToken cancellationToken)
    {
        var section = await world.SectionAsync(definition, cancellationToken);
        var (changes, same, wrong) = KindsDigests.Try([.. section.Judges.Where(judge => judge.AsksAModel)]);
        foreach (var one in wrong) Console.WriteLine($"          {one}");
        var holds = Say(wrong.Count == 0, $"{changes} changes of what decides are {changes} other judges; {same} changes of name, key, pace and budget are none");

        var opener = world.Services.GetRequiredService<JudgeOpener>();
        async Task<string> DigestAsync(JudgeSection judge)
        {
            using var opened = (await opener.OpenAsync(judge, new JudgeAccount("digests", judge.Budget), cancellationToken)).Judge ?? throw new InvalidOperationException("The judge cannot be opened.");
            return opened.Digest;
        }

        JudgeSection Named(string name) => section.Judges.Single(judge => judge.Name == name);
        var (panel, reward, rules) = (Named("panel"), Named("reward"), Named("rules"));
        JudgeSection[] other =
        [
            panel, panel with { Panel = panel.Panel! with { Rule = JudgePanelRule.Mean } }, panel with { Panel = panel.Panel! with { Judges = [panel.Panel.Judges[0] with { Temperature = 0.3 }, .. panel.Panel.Judges.Skip(1)] } },
            reward, reward with { TieWithin = 0.1 }, rules, rules with { Verifier = "exact-match" },
        ];
        var digests = await Task.WhenAll(other.Select(DigestAsync));
        return holds & Say(digests.Distinct().Count() == other.Length, "another rule, another member, another tie, another verifier: other judges too");
    }

    private static async Task<IReadOnlyList<JudgeReport>> ReportsAsync(KindsWorld world, string run, string definition, string manner, CancellationToken cancellationToken) =>
        (await world.EvaluateAsync(run, definition, manner, Manners.Curt, cancellationToken)).Header.Reports ?? [];

    private static bool Say(bool holds, string what)
    {
        Console.WriteLine($"  {(holds ? "ok    " : "NOT OK")}  {what}");
        return holds;
    }
}
