namespace AlignOps.Statistics.Slices;

/// <summary>A part of a comparison.</summary>
/// <param name="Values">One a unit in [0, 1], 1/2 meaning equal; a unit is an item, or the mean of a source's items in this slice.</param>
/// <param name="Bound">The mean that lies worse by just the margin.</param>
public sealed record ComparedSlice(string Name, IReadOnlyList<double> Values, double Bound);
