namespace AlignOps.Promotion.Deployments.Live;

/// <summary>Thumbs of a deployment, one for each person or conversation: the first that it gave.</summary>
/// <param name="Champion">Thumbs for the old champion's answers, given while the canary ran beside it.</param>
/// <param name="Canary">Thumbs for the candidate's answers in that time.</param>
/// <param name="Full">Thumbs for its answers as champion.</param>
/// <param name="LogEvidence">ln E that the canary's rate of thumbs down is above the champion's by more than the margin; the largest it has been, once it has reached its bound.</param>
/// <param name="Crossing">The number of thumbs, both sides together, after which it reached its bound; null while it has not.</param>
internal sealed record ThumbFigures(ThumbCount Champion, ThumbCount Canary, ThumbCount Full, double LogEvidence, int? Crossing)
{
    public static readonly ThumbFigures None = new(new(0, 0), new(0, 0), new(0, 0), 0, null);
}
