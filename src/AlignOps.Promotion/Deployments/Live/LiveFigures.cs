namespace AlignOps.Promotion.Deployments.Live;

/// <summary>What has been seen of a candidate since its deployment began.</summary>
/// <param name="StageRequests">Requests that it dealt with since its stage began.</param>
/// <param name="Requests">All of them.</param>
/// <param name="Errors">Those that it failed to answer.</param>
/// <param name="Slow">Those that took longer than the pipeline allows.</param>
internal sealed record LiveFigures(long StageRequests, long Requests, long Errors, long Slow, ThumbFigures Thumbs)
{
    public static readonly LiveFigures None = new(0, 0, 0, 0, ThumbFigures.None);
}
