using System.Globalization;
using System.Text.RegularExpressions;
using AlignOps.Serving.Routing;
using Dapper;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>Deployments whose simulated users give thumbs at known rates, twenty or forty at a time, in one running service.</summary>
internal static partial class PlantedThumbs
{
    public const double ChampionRate = 0.15;

    private const int Trials = 20;
    private const int EqualTrials = 40;
    private const int MostThumbs = 24_000;
    private const int EqualThumbs = 3_000;
    private const int Chunk = 200;
    private const double Share = 0.5;

    public static readonly IReadOnlyList<int> Planted = [20, 10, 5];

    public static async Task<bool> RunAsync(CanaryBench bench, int points, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(bench, $"worse-{points}", Trials, points / 100.0, MostThumbs, cancellationToken);
        var back = ended.Where(standing => standing.Stage == "rolled-back").ToArray();
        var needed = back.Select(standing => long.Parse(Needed().Match(standing.Reason).Groups[1].Value, CultureInfo.InvariantCulture)).Order().ToArray();
        var moved = await MovedAsync(bench, $"worse-{points}", cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"+{points,2} points: {back.Length} of {Trials} rolled back; requests with a thumb needed: median {At(needed, 0.5)}, 90 % {At(needed, 0.9)}, most {At(needed, 1)}; champions moved: {moved}"));
        if (back.Length > 0) Console.WriteLine($"            {back[0].Reason}");
        return back.Length == Trials && moved == 0;
    }

    public static async Task<bool> RunEqualAsync(CanaryBench bench, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(bench, "equal", EqualTrials, 0, EqualThumbs, cancellationToken);
        var back = ended.Count(standing => standing.Stage == "rolled-back");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  equal   : {back} of {EqualTrials} rolled back after {EqualThumbs} requests each; largest e-value of the others {ended.Where(standing => standing.Stage != "rolled-back").Max(standing => standing.EValue):0.0}, bound 100"));
        foreach (var standing in ended.Where(standing => standing.Stage != "rolled-back"))
        {
            await bench.Client.PostAsync($"/v1/pipelines/{standing.RunId}/rollback", new { reason = "the trial is over" }, cancellationToken);
        }

        return back <= 1;
    }

    private static async Task<IReadOnlyList<Standing>> RunAsync(CanaryBench bench, string name, int trials, double worse, int most, CancellationToken cancellationToken)
    {
        string[] runs = [.. Enumerable.Range(0, trials).Select(trial => string.Create(CultureInfo.InvariantCulture, $"{name}-{trial}"))];
        foreach (var run in runs)
        {
            // A pipeline for each trial, of the same name.
            await bench.CertifyAsync(run, bench.Yes, cancellationToken);
            await bench.BeginAsync(run, run, bench.No, string.Create(CultureInfo.InvariantCulture, $"{{ stage: canary, share: {Share}, min_thumbs: 1000000 }}"), cancellationToken);
        }

        await UntilAsync(bench, name, standings => standings.All(standing => standing.Stage == "canary"), cancellationToken);
        var randoms = runs.ToDictionary(run => run, run => new Random(run.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter))));
        for (var given = 0; given < most; given += Chunk)
        {
            var standing = await StandingsAsync(bench, name, cancellationToken);
            string[] going = [.. standing.Where(one => one.Stage == "canary").Select(one => one.RunId)];
            if (going.Length == 0) break;

            var thumbs = going.SelectMany(run => Enumerable.Range(given, Chunk).Select(person => Thumb(bench, run, person, worse, randoms[run]))).ToArray();
            await bench.WriteAsync((work, _) => work.Connection.ExecuteAsync(Insert, thumbs, work.Transaction), cancellationToken);
            await UntilAsync(bench, name, after => after.All(one => one.Stage != "canary" || one.Thumbs == given + Chunk), cancellationToken);
        }

        return await StandingsAsync(bench, name, cancellationToken);
    }

    /// <summary>One person with one thumb, a second after the one before.</summary>
    private static object Thumb(CanaryBench bench, string run, int person, double worse, Random random)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{run}/{person:000000}");
        var canary = StickyShare.Of(run, id) < Share;
        var model = canary ? bench.No : bench.Yes;
        var down = random.NextDouble() < ChampionRate + (canary ? worse : 0);
        return new { id, run, label = down ? "down" : "up", at = 1_700_000_000_000 + person * 1000L, role = canary ? Roles.Canary : Roles.Champion, model.Checkpoint, model.Adapter };
    }

    private static async Task<long> MovedAsync(CanaryBench bench, string name, CancellationToken cancellationToken) =>
        (await bench.QueryAsync<long>("select count(*) from promotion_v_champions where pipeline like @like and version <> 1", new { like = name + "-%" }, cancellationToken))[0];

    private static Task<IReadOnlyList<Standing>> StandingsAsync(CanaryBench bench, string name, CancellationToken cancellationToken) => bench.QueryAsync<Standing>(
        """
        select run_id as RunId, stage as Stage, e_value as EValue, reason as Reason,
               thumbs_up + thumbs_down + champion_thumbs_up + champion_thumbs_down as Thumbs
        from promotion_v_deployments where run_id like @like
        """,
        new { like = name + "-%" }, cancellationToken);

    private static async Task UntilAsync(CanaryBench bench, string name, Func<IReadOnlyList<Standing>, bool> condition, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition(await StandingsAsync(bench, name, limit.Token))) await Task.Delay(15, limit.Token);
    }

    private static long At(long[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];

    [GeneratedRegex("reached after ([0-9]+) thumbs")]
    private static partial Regex Needed();

    private const string Insert =
        """
        insert into serving_feedback (feedback_id, inference_id, pipeline, label, given_by, at, role, checkpoint, adapter, deployment_id, cluster_key, forced)
        values (@id, @id, @run, @label, 'proof', @at, @role, @Checkpoint, @Adapter, @run, @id, 0)
        """;
}
