using AlignOps.Contracts.Evidence;
using AlignOps.Data;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Suites;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.Judge;

/// <summary><c>judge.endpoint</c>: a judge over HTTP with all that goes wrong there, as a run uses it.</summary>
internal sealed class JudgeEndpointProof : IProof
{
    private const int Pairs = 500, Concurrency = 16;
    private const long Ample = 3_000_000, Small = 150_000;

    public string Name => "judge.endpoint";

    public string Claim =>
        "1,000 judgments at concurrency 16 against a server with 50 ms latency, 5 % errors, 5 % malformed answers and bursts of 429: every call and attempt is accounted for by outcome, "
        + "the budget is never exceeded as the server counts, and a second run costs nothing";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-judge-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddPlatform(new PlatformOptions { DataFolder = folder }).AddEvaluation().BuildServiceProvider();
            services.GetRequiredService<DataFolder>().Prepare();
            await services.GetRequiredService<MigrationRunner>().RunAsync(cancellationToken);
            return await FirstAndSecondAsync(services, cancellationToken) & await SmallBudgetAsync(services, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> FirstAndSecondAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var server = await FaultyModelServer.StartAsync(cancellationToken);
        var judge = Judge(server.Url, Ample);
        var first = await ReportAsync(services, judge, "first", cancellationToken);
        var attempts = await AttemptsAsync(services, "first", cancellationToken);
        Console.WriteLine(first.Sentence);
        JudgeTable.Print(first.Calls, attempts, server.Counts);
        var accounted = first.Calls.Values.Sum() == 2 * Pairs && JudgeTable.Agree(attempts, server.Counts) && first.Scored + first.Unscored.Values.Sum() == Pairs;
        var holds = Say(accounted, $"every judgment ended by name ({first.Calls.Values.Sum()} of {2 * Pairs}), every pair is scored or unscored with a reason, and the server saw the attempts that were written down ({server.Requests})");
        holds &= Say(server.Counts.Keys.Order(StringComparer.Ordinal).SequenceEqual(["answered", "malformed", "rate-limited", "refused", "server-error"]), "every fault did occur");
        holds &= Say(server.Peak <= Concurrency, $"at most {server.Peak} calls at once");
        holds &= Say(server.Billed <= first.Tokens && first.Tokens <= Ample, $"the server would bill {server.Billed} tokens, the run was charged {first.Tokens}, of a budget of {Ample}");

        var (requests, billed) = (server.Requests, server.Billed);
        var second = await ReportAsync(services, judge, "second", cancellationToken);
        var same = (second.WinRate, second.Scored, second.Inconsistent) == (first.WinRate, first.Scored, first.Inconsistent) && second.Unscored.OrderBy(count => count.Key).SequenceEqual(first.Unscored.OrderBy(count => count.Key));
        return holds & Say(
            same && second.Tokens == 0 && server.Requests == requests && server.Billed == billed && second.Calls.GetValueOrDefault("cached") == 2 * Pairs,
            $"a second run made {server.Requests - requests} requests, cost {second.Tokens} tokens, found {second.Calls.GetValueOrDefault("cached")} answers kept, and says the same, of the unscored too");
    }

    private static async Task<bool> SmallBudgetAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var server = await FaultyModelServer.StartAsync(cancellationToken);
        var report = await ReportAsync(services, Judge(server.Url, Small), "small", cancellationToken);
        Console.WriteLine(report.Sentence);
        return Say(
            server.Billed <= report.Tokens && report.Tokens <= Small && report.Tokens > Small * 0.95 && report.Calls.Values.Sum() == 2 * Pairs && report.Calls["over-budget"] > 0,
            $"of a budget of {Small} tokens {report.Tokens} were charged and {server.Billed} would be billed; {report.Calls["over-budget"]} judgments were not asked for");
    }

    private static JudgeSection Judge(string url, long tokens) => new()
    {
        Name = "house",
        Url = url,
        Model = "local",
        Concurrency = Concurrency,
        MaxTokens = 200,
        TimeoutSeconds = 20,
        Budget = new JudgeBudgetSection { Tokens = tokens },
    };

    private static Task<JudgeReport> ReportAsync(IServiceProvider services, JudgeSection judge, string run, CancellationToken cancellationToken) =>
        services.GetRequiredService<JudgePanel>().ReportAsync(judge, run, [.. Enumerable.Range(0, Pairs).Select(Pair)], _ => Task.CompletedTask, cancellationToken);

    private static PairToJudge Pair(int number)
    {
        static EvidenceAnswer Answer(string text, double score) => new(text, false, score, true, new Dictionary<string, bool>(), null);
        var question = FormattableString.Invariant($"Where is parcel {number}?");
        var item = new SuiteItem(FormattableString.Invariant($"i{number}"), "all", null, [new ChatMessage("user", question)], null);
        var (kind, curt) = (Answer($"I will kindly look for it. {question}", 1), Answer($"Wait for it. {question}", 0));
        var better = number % 10 < 7;
        return new PairToJudge(
            item, new EvidenceItem("proof", item.Id, 0, "all", null, question, better ? kind : curt, better ? curt : kind, null, new EvidenceComparison(better ? 1 : 0, true, null), null), false);
    }

    private static async Task<IReadOnlyDictionary<string, int>> AttemptsAsync(IServiceProvider services, string run, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        return (await connection.QueryAsync<AttemptCount>("select coalesce(outcome, 'without an end') as outcome, count(*) as count from evaluation_judge_attempts where run_id = @run group by outcome", new { run }))
            .ToDictionary(row => row.Outcome, row => row.Count, StringComparer.Ordinal);
    }

    private sealed class AttemptCount
    {
        public string Outcome { get; init; } = "";

        public int Count { get; init; }
    }

    private static bool Say(bool holds, string what)
    {
        Console.WriteLine($"  {(holds ? "ok    " : "NOT OK")}  {what}");
        return holds;
    }
}
