namespace AlignOps.Statistics.Agreement;

/// <summary>What raters (people, judges) said of the same units: each a category from 0 to <see cref="Categories"/> − 1, or nothing.</summary>
public sealed class Ratings
{
    private readonly int[][] _units;

    /// <param name="units">One row a unit, one column a rater, in the same order; null where that rater did not rate it.</param>
    /// <param name="clusters">0-based source of each unit, resampled as a whole; null where every unit stands alone.</param>
    /// <exception cref="ArgumentException">Rows of unequal length, or a category that there is not.</exception>
    public Ratings(IReadOnlyList<IReadOnlyList<int?>> units, int categories, IReadOnlyList<int>? clusters = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(categories, 2);
        Categories = categories;
        Raters = units.Count == 0 ? 0 : units[0].Count;
        if (units.Any(unit => unit.Count != Raters)) throw new ArgumentException("Every unit needs as many places as there are raters.", nameof(units));
        if (units.Any(unit => unit.Any(category => category is { } c && (c < 0 || c >= categories)))) throw new ArgumentException($"A category lies from 0 to {categories - 1}.", nameof(units));
        if (clusters is not null && clusters.Count != units.Count) throw new ArgumentException("Every unit needs its cluster.", nameof(clusters));

        _units = [.. units.Select(unit => unit.Select(category => category ?? Missing).ToArray())];
        Clusters = clusters ?? [.. Enumerable.Range(0, units.Count)];
    }

    internal const int Missing = -1;

    public int Count => _units.Length;

    public int Raters { get; }

    public int Categories { get; }

    public IReadOnlyList<int> Clusters { get; }

    internal ReadOnlySpan<int> this[int unit] => _units[unit];

    /// <summary>These raters alone, in this order.</summary>
    public Ratings Of(params int[] raters) =>
        new([.. _units.Select(unit => raters.Select(rater => unit[rater] == Missing ? (int?)null : unit[rater]).ToArray())], Categories, Clusters);

    /// <summary>How often each unit counts, all once.</summary>
    internal double[] Once() => [.. Enumerable.Repeat(1.0, Count)];
}
