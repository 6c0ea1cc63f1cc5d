using System.Text.Json;

namespace AlignOps.WebConsole.Reading;

/// <summary>The loss over the steps of a training, live from its job or afterwards from its metrics.</summary>
/// <param name="Points">(step, loss), in order.</param>
/// <param name="Steps">How many steps there will be; null where nobody said.</param>
/// <param name="SecondsLeft">Until the last step, by the speed of late; null where it is done or too early to tell.</param>
public sealed record TrainingCurve(IReadOnlyList<(double X, double Y)> Points, long? Steps, double? TokensPerSecond, double? SecondsLeft = null)
{
    public static readonly TrainingCurve Nothing = new([], null, null);

    /// <summary>Reads a training job's detail.</summary>
    internal static TrainingCurve OfJob(string? detail)
    {
        if (JobDetail.Parse(detail) is not { } job)
        {
            return Nothing;
        }

        var points = job.TryGetProperty("curve", out var curve) && curve.ValueKind == JsonValueKind.Array
            ? curve.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToList()
            : [];
        return new TrainingCurve(
            points, JobDetail.Number(job, "totalSteps") is { } steps ? (long)steps : null, JobDetail.Number(job, "tokensPerSecond"), JobDetail.Number(job, "secondsLeft"));
    }

    /// <summary>Reads a training's metrics file, JSONL; its lines about held-out rows have no loss.</summary>
    internal static TrainingCurve OfMetrics(string text)
    {
        var points = new List<(double, double)>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (JobDetail.Parse(line) is { } json && JobDetail.Number(json, "step") is { } step && JobDetail.Number(json, "loss") is { } loss)
            {
                points.Add((step, loss));
            }
        }

        return new TrainingCurve(points, points.Count, null);
    }
}
