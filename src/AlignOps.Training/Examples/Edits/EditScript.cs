namespace AlignOps.Training.Examples.Edits;

/// <summary>
/// A shortest way from one sequence to another by single insertions, deletions and replacements, each of cost 1 (Levenshtein), neighbouring ones of a kind
/// put together. Of equally short ways the one that keeps or replaces as late as possible, so that the same texts always give the same script.
/// </summary>
internal static class EditScript
{
    /// <summary>Middles with more cells than this are one replacement: a script of such texts would be no shorter to read.</summary>
    private const long Cells = 1 << 24;

    public static IReadOnlyList<EditStep> Between<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> target)
        where T : IEquatable<T>
    {
        int before = source.CommonPrefixLength(target);
        int after = 0, shorter = Math.Min(source.Length, target.Length) - before;
        while (after < shorter && source[^(after + 1)].Equals(target[^(after + 1)]))
        {
            after++;
        }

        List<EditStep> steps = [];
        Add(steps, EditKind.Keep, 0, before, 0, before);
        Middle(source[before..^after], target[before..^after], before, steps);
        Add(steps, EditKind.Keep, source.Length - after, after, target.Length - after, after);
        return steps;
    }

    private static void Middle<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> target, int offset, List<EditStep> steps)
        where T : IEquatable<T>
    {
        if ((long)(source.Length + 1) * (target.Length + 1) > Cells)
        {
            Add(steps, EditKind.Replace, offset, source.Length, offset, target.Length);
            return;
        }

        EditKind[,] taken = Table(source, target);
        Stack<EditKind> way = new();
        for (int i = source.Length, j = target.Length; i > 0 || j > 0;)
        {
            EditKind kind = taken[i, j];
            way.Push(kind);
            (i, j) = (i - (kind == EditKind.Insert ? 0 : 1), j - (kind == EditKind.Delete ? 0 : 1));
        }

        int s = offset, t = offset;
        foreach (EditKind kind in way)
        {
            (int sources, int targets) = (kind == EditKind.Insert ? 0 : 1, kind == EditKind.Delete ? 0 : 1);
            Add(steps, kind, s, sources, t, targets);
            (s, t) = (s + sources, t + targets);
        }
    }

    /// <summary>The last operation of a cheapest way to each pair of beginnings.</summary>
    private static EditKind[,] Table<T>(ReadOnlySpan<T> source, ReadOnlySpan<T> target)
        where T : IEquatable<T>
    {
        var taken = new EditKind[source.Length + 1, target.Length + 1];
        int[] above = [.. Enumerable.Range(0, target.Length + 1)];
        for (int j = 1; j <= target.Length; j++)
        {
            taken[0, j] = EditKind.Insert;
        }

        for (int i = 1; i <= source.Length; i++)
        {
            int diagonal = above[0];
            above[0] = i;
            taken[i, 0] = EditKind.Delete;
            for (int j = 1; j <= target.Length; j++)
            {
                bool same = source[i - 1].Equals(target[j - 1]);
                int across = diagonal + (same ? 0 : 1), down = above[j] + 1, right = above[j - 1] + 1;
                int least = Math.Min(across, Math.Min(down, right));
                taken[i, j] = least == across ? same ? EditKind.Keep : EditKind.Replace : least == down ? EditKind.Delete : EditKind.Insert;
                (diagonal, above[j]) = (above[j], least);
            }
        }

        return taken;
    }

    private static void Add(List<EditStep> steps, EditKind kind, int sourceStart, int sourceCount, int targetStart, int targetCount)
    {
        if (sourceCount + targetCount == 0)
        {
            return;
        }

        if (steps is [.., var last] && last.Kind == kind)
        {
            steps[^1] = last with { SourceCount = last.SourceCount + sourceCount, TargetCount = last.TargetCount + targetCount };
        }
        else
        {
            steps.Add(new EditStep(kind, sourceStart, sourceCount, targetStart, targetCount));
        }
    }
}
