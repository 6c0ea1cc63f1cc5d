using System.Text.RegularExpressions;

namespace AlignOps.Statistics.Style;

/// <summary>What a text looks like, apart from what it says: its length and its Markdown outside of code blocks.</summary>
/// <param name="Length">Characters.</param>
/// <param name="Headers">Lines that begin with one to six #.</param>
/// <param name="Lists">Lines of ordered and unordered lists.</param>
/// <param name="Bold">Passages in ** or __.</param>
public sealed partial record TextStyle(int Length, int Headers, int Lists, int Bold)
{
    /// <summary>What <see cref="Compare"/> returns, in order.</summary>
    public static IReadOnlyList<string> Features { get; } = ["length", "headers", "lists", "bold"];

    public static TextStyle Of(string text)
    {
        var plain = CodeBlock().Replace(text, "");
        return new TextStyle(text.Length, Header().Count(plain), ListLine().Count(plain), BoldPassage().Count(plain));
    }

    /// <summary>
    /// How two answers differ, each in [−1, 1]: the length by (a − b)/(a + b), the others by how dense they are, (dₐ − d_b)/(dₐ + d_b), 0 where neither has any.
    /// </summary>
    public static double[] Compare(TextStyle first, TextStyle second) =>
    [
        Relative(first.Length, second.Length),
        Relative(first.Density(first.Headers), second.Density(second.Headers)),
        Relative(first.Density(first.Lists), second.Density(second.Lists)),
        Relative(first.Density(first.Bold), second.Density(second.Bold)),
    ];

    private double Density(int count) => (double)count / (Length + 1);

    private static double Relative(double a, double b) => a + b > 0 ? (a - b) / (a + b) : 0;

    [GeneratedRegex(@"```.*?(?:```|\z)", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^#{1,6}\s", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", RegexOptions.Multiline)]
    private static partial Regex ListLine();

    [GeneratedRegex(@"\*\*[^*\n]+\*\*|__[^_\n]+__")]
    private static partial Regex BoldPassage();
}
