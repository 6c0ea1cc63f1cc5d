using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Statistics.Betting;

namespace AlignOps.Promotion.Deployments.Live;

/// <summary>The thumbs of one deployment and the test that they feed: a function of the rows in their order, so that a restart comes to the same.</summary>
internal sealed class ThumbTally(DeploymentSection policy)
{
    private readonly TwoSampleEProcess _process = new(policy.Margin, policy.Alpha);
    private readonly HashSet<string> _clusters = new(StringComparer.Ordinal);
    private readonly List<double> _champion = [];
    private ThumbCount _ofChampion;
    private ThumbCount _ofCanary;
    private ThumbCount _ofFull;

    /// <summary>The last row taken in; 0 before the first.</summary>
    public long LastSeq { get; private set; }

    /// <summary>When the newest thumb was given, in Unix milliseconds.</summary>
    public long LastAt { get; private set; }

    public ThumbFigures Figures => new(_ofChampion, _ofCanary, _ofFull, _process.Proven ? _process.LogMaximum : _process.LogValue, _process.FirstCrossing);

    public bool IsNew(string cluster) => !_clusters.Contains(cluster);

    public void Take(Thumb thumb)
    {
        LastSeq = thumb.Seq;
        LastAt = Math.Max(LastAt, thumb.At);
        if (thumb.Counted == 0) return;

        _clusters.Add(thumb.ClusterKey);
        var down = thumb.Down == 1;
        switch (thumb.Arm)
        {
            case Thumb.OfFull:
                _ofFull = _ofFull.With(down);
                return;
            case Thumb.OfCanary:
                _ofCanary = _ofCanary.With(down);
                break;
            default:
                _ofChampion = _ofChampion.With(down);
                _champion.Add(thumb.Down);
                break;
        }

        _process.Observe(treated: thumb.Arm == Thumb.OfCanary, thumb.Down);
    }

    /// <summary>Upper bound of the old champion's rate of thumbs down at half the pipeline's alpha; 1 where nothing is known.</summary>
    public double ChampionLimit() => BettingConfidenceSequence.Upper(_champion, policy.Alpha / 2);
}
