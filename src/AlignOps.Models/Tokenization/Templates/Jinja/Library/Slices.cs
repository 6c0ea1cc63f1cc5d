using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>Python's items and slices: negative places count from the end, and bounds outside are cut to it.</summary>
internal static class Slices
{
    public static object? Item(IReadOnlyList<object?> items, long at)
    {
        long place = at < 0 ? at + items.Count : at;
        return place >= 0 && place < items.Count ? items[(int)place] : new JinjaUndefined($"item {at}");
    }

    public static List<object?> Of(IReadOnlyList<object?> items, long? start, long? stop, long? step)
    {
        long by = step ?? 1;
        if (by == 0)
        {
            throw JinjaException.Error("a slice's step cannot be zero");
        }

        long low = by > 0 ? 0 : -1;
        long high = by > 0 ? items.Count : items.Count - 1;
        long from = start is { } s ? Math.Clamp(s < 0 ? s + items.Count : s, low, high) : by > 0 ? low : high;
        long to = stop is { } e ? Math.Clamp(e < 0 ? e + items.Count : e, low, high) : by > 0 ? high : low;
        List<object?> result = [];
        for (long at = from; by > 0 ? at < to : at > to;)
        {
            result.Add(items[(int)at]);
            if (by > items.Count || by < -items.Count)
            {
                break;
            }

            at += by;
        }

        return result;
    }
}
