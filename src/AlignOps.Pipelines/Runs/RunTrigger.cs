using System.Globalization;

namespace AlignOps.Pipelines.Runs;

/// <summary>Why a run exists: what it was started by, and which one of that kind. With pipeline and definition it makes the run's id.</summary>
/// <param name="Kind"><see cref="Batch"/>, <see cref="Schedule"/> or <see cref="Request"/>.</param>
/// <param name="Reference">Batch ids with their attempts, the planned fire time in UTC, or a person's request id.</param>
internal sealed record RunTrigger(string Kind, string Reference)
{
    public const string Batch = "batch";
    public const string Schedule = "schedule";
    public const string Request = "request";

    /// <summary>How often the batch that ran most often has run, this run included.</summary>
    public int Attempt => Kind != Batch ? 1 : Reference.Split(',').Max(batch => batch.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at
        ? int.Parse(batch.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture)
        : 1);

    /// <summary>A batch's first run is named by its id alone; a later one (split, release) carries its attempt, so that it is another run.</summary>
    public static RunTrigger ForBatches(IEnumerable<(string BatchId, int Attempt)> batches) =>
        new(Batch, string.Join(',', batches
            .OrderBy(batch => batch.BatchId, StringComparer.Ordinal)
            .Select(batch => batch.Attempt == 1 ? batch.BatchId : string.Create(CultureInfo.InvariantCulture, $"{batch.BatchId}#{batch.Attempt}"))));

    public static RunTrigger ForSchedule(DateTimeOffset scheduledAt) =>
        new(Schedule, scheduledAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
