using System.Globalization;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Serving.Routing;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>
/// A hundred switches while fifty people a second ask over HTTP: a person certifies the other model, a candidate takes every person as canary, a person rolls it back,
/// a candidate walks from canary to champion by itself. A switch takes from its commit to the first answer by the model that was switched to.
/// </summary>
internal static class SwitchesUnderLoad
{
    private const int PerSecond = 50;
    private const int Rounds = 25;
    private const string Pipeline = TinyWorld.Pipeline;

    public static async Task<bool> RunAsync(CanaryBench bench, CancellationToken cancellationToken)
    {
        await bench.CertifyAsync(Pipeline, bench.Yes, cancellationToken);
        await ServedAsync(bench, cancellationToken);

        using var load = new OpenLoad(bench.Url, PerSecond);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(over.Token);
        var took = new List<long>();
        var (now, other, version) = (bench.Yes, bench.No, 1);
        for (var round = 0; round < Rounds; round++)
        {
            (now, other, version) = (other, now, version + 1);
            await bench.CertifyAsync(Pipeline, now, cancellationToken);
            took.Add(await FirstAsync(bench, load, "select since from promotion_v_champions where pipeline = @Pipeline", answer => answer.Model == Name(version), cancellationToken));

            await bench.BeginAsync(Pipeline, $"tried-{round}", other, "{ stage: canary, share: 1, min_thumbs: 1000000 }", cancellationToken);
            await StageAsync(bench, $"tried-{round}", "canary", cancellationToken);
            took.Add(await FirstAsync(bench, load, Since($"tried-{round}"), answer => answer.Role == Roles.Canary, cancellationToken));

            await bench.Client.PostAsync($"/v1/pipelines/{Pipeline}/rollback", new { reason = "proof" }, cancellationToken);
            took.Add(await FirstAsync(bench, load, "select max(at) from promotion_audit where action = 'hold-set' and pipeline = @Pipeline", answer => answer.Model == Name(version), cancellationToken));
            await bench.Client.DeleteAsync($"/v1/pipelines/{Pipeline}/hold", new { reason = "proof" }, cancellationToken);

            (now, other, version) = (other, now, version + 1);
            await bench.BeginAsync(Pipeline, $"walked-{round}", now, "{ stage: canary, share: 1, min_requests: 3 }", cancellationToken);
            await StageAsync(bench, $"walked-{round}", "full", cancellationToken);
            took.Add(await FirstAsync(bench, load, "select since from promotion_v_champions where pipeline = @Pipeline", answer => answer.Model == Name(version), cancellationToken));
        }

        await over.CancelAsync();
        await running;
        cancellationToken.ThrowIfCancellationRequested();
        return await JudgeAsync(bench, [.. load.Answers], [.. took.Order()], cancellationToken);
    }

    private static async Task<bool> JudgeAsync(CanaryBench bench, LoadAnswer[] answers, long[] took, CancellationToken cancellationToken)
    {
        var recorded = (await bench.QueryAsync<Recorded>(
            "select inference_id as InferenceId, role as Role, adapter as Adapter from serving_v_inferences where pipeline = @Pipeline", new { Pipeline }, cancellationToken))
            .ToDictionary(row => row.InferenceId);
        var failed = answers.Where(answer => answer.Fault is not null).ToArray();
        var mixed = answers.Where(answer => answer.Fault is null && answer.Text != SwitchWorld.Yes && answer.Text != SwitchWorld.No).ToArray();
        var misnamed = answers.Where(answer => answer.Fault is null && !Named(bench, answer, recorded.GetValueOrDefault(answer.InferenceId))).ToArray();
        var p99 = took[(int)Math.Ceiling(0.99 * took.Length) - 1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Switches: {took.Length} in {answers.Length} requests at {PerSecond} a second over HTTP; failed {failed.Length}, mixed {mixed.Length}, on record under another adapter or role {misnamed.Length}; from commit to the first answer p50 {took[took.Length / 2]} ms, p99 {p99} ms, most {took[^1]} ms"));
        foreach (var bad in failed.Concat(mixed).Concat(misnamed).Take(3)) Console.WriteLine($"          {bad}");
        return took.Length == Rounds * 4 && failed.Length == 0 && mixed.Length == 0 && misnamed.Length == 0 && p99 < 1000;
    }

    /// <summary>What was answered is what the adapter on record answers, in the role that the response named.</summary>
    private static bool Named(CanaryBench bench, LoadAnswer answer, Recorded? row) =>
        row is not null && row.Role == answer.Role && row.Adapter == (answer.Text == SwitchWorld.Yes ? bench.Yes.Adapter : bench.No.Adapter);

    private static string Since(string run) => $"select since from promotion_v_deployments where run_id = '{run}'";

    private static string Name(int version) => string.Create(CultureInfo.InvariantCulture, $"{Pipeline}@{version}");

    /// <summary>Milliseconds from the commit, by its row, to the first answer that fits and came after it.</summary>
    private static async Task<long> FirstAsync(CanaryBench bench, OpenLoad load, string committed, Func<LoadAnswer, bool> fits, CancellationToken cancellationToken)
    {
        var at = (await bench.QueryAsync<long>(committed, new { Pipeline }, cancellationToken))[0];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (load.Answers.Where(answer => answer.At >= at && fits(answer)).Select(answer => (long?)answer.At).Min() is { } first) return first - at;
            await Task.Delay(10, limit.Token);
        }
    }

    private static async Task StageAsync(CanaryBench bench, string run, string stage, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await bench.QueryAsync<string>("select stage from promotion_v_deployments where run_id = @run", new { run }, limit.Token)).SingleOrDefault() != stage) await Task.Delay(10, limit.Token);
    }

    /// <summary>The first champion answers before the load begins: what no model serves yet fails by right.</summary>
    private static async Task ServedAsync(CanaryBench bench, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await bench.Client.GetAsync("/v1/models", limit.Token)).Items("data").Any(model => model.Text("id") == Name(1))) await Task.Delay(20, limit.Token);
    }

    private sealed class Recorded
    {
        public string InferenceId { get; init; } = "";
        public string Role { get; init; } = "";
        public string? Adapter { get; init; }
    }
}
