namespace AlignOps.Evaluation.Judging;

/// <summary>Which of two answers a judge prefers, by their places.</summary>
internal enum Preference
{
    First,
    Tie,
    Second,
}
