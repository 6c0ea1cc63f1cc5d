namespace AlignOps.Training.Objectives.Preference;

/// <summary>Which pairs a ranking of several answers gives. Of two answers both give the same.</summary>
public enum PairChoice
{
    /// <summary>The best answer with the worst: one pair a row, so that every row weighs the same.</summary>
    BestWorst,

    /// <summary>Every two answers of different rank: a row of k answers may give k(k − 1)/2 pairs, and weighs by them.</summary>
    All,
}
