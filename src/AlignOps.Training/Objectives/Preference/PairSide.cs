namespace AlignOps.Training.Objectives.Preference;

/// <summary>One answer of a pair, as its loss sees it.</summary>
/// <param name="Sum">s = log π(answer | prompt), the end token included.</param>
/// <param name="Reference">The same under the reference policy; 0 where there is none.</param>
/// <param name="Tokens">T: the answer's tokens alone, so that neither prompt nor padding counts in a mean.</param>
public readonly record struct PairSide(double Sum, double Reference, int Tokens)
{
    /// <summary>r = s − s_ref.</summary>
    public double LogRatio => Sum - Reference;

    /// <summary>s / T.</summary>
    public double Mean => Sum / Tokens;
}
