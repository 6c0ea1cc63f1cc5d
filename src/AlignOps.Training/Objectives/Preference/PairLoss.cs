namespace AlignOps.Training.Objectives.Preference;

/// <summary>A loss of two answers to one prompt, as a function of their log-probabilities. Pure, in double precision.</summary>
public abstract record PairLoss
{
    /// <summary>The loss compares each answer's log-probability with the reference policy's.</summary>
    public abstract bool NeedsReference { get; }

    public abstract PairTerm Of(PairSide chosen, PairSide rejected);

    /// <summary>The implicit reward that <c>rewards/*</c> shows.</summary>
    public abstract double Reward(PairSide side);

    /// <summary>What this loss alone shows of a pair, by TRL's names.</summary>
    public virtual IEnumerable<MetricSum> Metrics(PairSide chosen, PairSide rejected) => [];
}
