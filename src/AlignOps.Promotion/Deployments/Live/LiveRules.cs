using System.Globalization;
using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Betting;

namespace AlignOps.Promotion.Deployments.Live;

/// <summary>
/// The rules that watch a candidate in production. Each is an e-process of its own at the pipeline's alpha, so it may be read after every thumb: a candidate that is
/// no worse than allowed is ever taken back by one rule with probability at most alpha.
/// </summary>
internal static class LiveRules
{
    /// <param name="championLimit">Upper bound of the old champion's rate of thumbs down, for a candidate that took over; it holds with probability 1 − alpha/2.</param>
    public static IReadOnlyList<LiveReading> Read(DeploymentSection policy, LiveFigures seen, double championLimit)
    {
        var readings = new List<LiveReading> { Thumbs(policy, seen.Thumbs), Rate("errors", "error rate", seen.Errors, seen.Requests, policy.MaxErrorRate, 1 / policy.Alpha) };
        if (policy.SlowMs > 0)
        {
            var metric = string.Create(CultureInfo.InvariantCulture, $"rate of answers slower than {policy.SlowMs} ms");
            readings.Add(Rate("slow", metric, seen.Slow, seen.Requests, policy.MaxSlowRate, 1 / policy.Alpha));
        }

        // Half of alpha went into the limit, half goes into the test against it.
        var allowed = championLimit + policy.Margin;
        if (seen.Thumbs.Full.Count > 0 && allowed < 1)
        {
            readings.Add(Rate("thumbs-after", "rate of thumbs down", seen.Thumbs.Full.Down, seen.Thumbs.Full.Count, allowed, 2 / policy.Alpha));
        }

        return readings;
    }

    private static LiveReading Thumbs(DeploymentSection policy, ThumbFigures thumbs)
    {
        var margin = policy.Margin > 0 ? $" plus {Figures.Text(policy.Margin)}" : "";
        var sentence = string.Create(CultureInfo.InvariantCulture,
            $"rate of thumbs down {Figures.Text(thumbs.Canary.DownRate)} (n = {thumbs.Canary.Count}) against the champion's {Figures.Text(thumbs.Champion.DownRate)}{margin} (n = {thumbs.Champion.Count})");
        var reading = Reading("thumbs", sentence, thumbs.LogEvidence, 1 / policy.Alpha, thumbs.Crossing is not null);
        return thumbs.Crossing is { } after ? reading with { Sentence = string.Create(CultureInfo.InvariantCulture, $"{reading.Sentence}, reached after {after} thumbs") } : reading;
    }

    private static LiveReading Rate(string rule, string metric, long failures, long count, double limit, double bound)
    {
        var evidence = RateTest.LogEvidence(failures, count, limit);
        var observed = count == 0 ? 0 : (double)failures / count;
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{metric} {Figures.Text(observed)} against at most {Figures.Text(limit)} (n = {count})");
        return Reading(rule, sentence, evidence, bound, evidence >= Math.Log(bound));
    }

    private static LiveReading Reading(string rule, string sentence, double evidence, double bound, bool crossed) =>
        new(rule, $"{sentence}, e-value {Figures.Evidence(evidence)} with bound {Figures.Evidence(Math.Log(bound))}", evidence, bound, crossed);
}
