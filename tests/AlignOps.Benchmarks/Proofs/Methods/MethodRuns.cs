using System.Globalization;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>Runs trainings, one a core, and keeps each result as soon as it is there, so that an interrupted proof goes on where it was.</summary>
internal sealed class MethodRuns(MethodWorld world, string cache)
{
    private readonly FoldCache _cache = new(cache, world);
    private readonly Lock _printing = new();
    private int _done;

    /// <summary>A result a job, in their order.</summary>
    public async Task<FoldResult[]> AllAsync(IReadOnlyList<MethodJob> jobs, CancellationToken cancellationToken)
    {
        var results = new FoldResult[jobs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, jobs.Count), options, async (at, token) => results[at] = await OneAsync(jobs[at], jobs.Count, token));
        return results;
    }

    private async Task<FoldResult> OneAsync(MethodJob job, int all, CancellationToken cancellationToken)
    {
        // A training holds its thread for as long as it runs.
        await Task.Yield();
        var key = _cache.Key(job.Recipe, job.LearningRate, job.Training, job.HeldOut);
        if (_cache.Find(key) is { } known)
        {
            Interlocked.Increment(ref _done);
            return known;
        }

        var result = await new MethodTraining(world).RunAsync(job.Recipe, job.LearningRate, job.Training, job.HeldOut, Path.Combine(cache, "training", key), cancellationToken);
        _cache.Keep(key, result);
        lock (_printing)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Interlocked.Increment(ref _done),4} of {all}  {job.Label,-24} {job.Recipe.Name,-18} own {result.Own.Average():0.0000}  per token {result.PerToken?.Average():0.0000}  loss {result.FinalLoss:0.0000}  {result.Steps} steps  {result.Seconds:0} s"));
        }

        return result;
    }
}
