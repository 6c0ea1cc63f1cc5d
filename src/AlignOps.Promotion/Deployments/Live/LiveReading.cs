namespace AlignOps.Promotion.Deployments.Live;

/// <summary>One live rule at one moment.</summary>
/// <param name="Rule">Stable name: <c>thumbs</c>, <c>thumbs-after</c>, <c>errors</c>, <c>slow</c>.</param>
/// <param name="Sentence">The metric, what was observed, against what, and n.</param>
/// <param name="LogEvidence">ln E against "no worse than allowed".</param>
/// <param name="Bound">E at which it takes the candidate back.</param>
/// <param name="Crossed">It has been reached, now or earlier.</param>
internal sealed record LiveReading(string Rule, string Sentence, double LogEvidence, double Bound, bool Crossed)
{
    /// <summary>How near to the bound, 1 at it.</summary>
    public double Nearness => LogEvidence / Math.Log(Bound);
}
