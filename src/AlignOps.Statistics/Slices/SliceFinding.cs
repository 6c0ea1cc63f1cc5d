namespace AlignOps.Statistics.Slices;

/// <summary>A slice as tested.</summary>
/// <param name="LogWorse">ln of the e-value of "worse than the bound", after the last unit.</param>
/// <param name="LogNotWorse">ln of the largest evidence on the way that it is not.</param>
/// <param name="Tested">It has units enough to be tested.</param>
public sealed record SliceFinding(string Name, int Units, double Mean, double LogWorse, double LogNotWorse, bool Tested, SliceStanding Standing);
