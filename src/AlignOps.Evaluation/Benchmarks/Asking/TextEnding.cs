namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>Cuts an answer before the first text that ends it.</summary>
internal static class TextEnding
{
    public static string Cut(string text, IReadOnlyList<string> until)
    {
        var end = until.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        return text[..end];
    }
}
