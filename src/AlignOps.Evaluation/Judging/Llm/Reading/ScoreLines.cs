using System.Globalization;
using System.Text.RegularExpressions;

namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>Finds FairEval's two scores: the last two lines, one an answer, the only such lines, each a number from 1 to 10.</summary>
internal static partial class ScoreLines
{
    internal const string Version = "last two lines, unique, 1 to 10, 1";

    public const int Lowest = 1, Highest = 10;

    public static Found<(double First, double Second)> Read(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim(' ', '\t', '\r', '*', '_', '`')).Where(line => line.Length > 0).ToList();
        var scores = lines.Select((line, at) => (Match: Score().Match(line), At: at)).Where(one => one.Match.Success).ToList();
        if (scores.Count < 2) return Found<(double, double)>.None(UnscoredReasons.NoVerdict);
        if (scores.Count > 2) return Found<(double, double)>.None(UnscoredReasons.TwoVerdicts);
        if (scores[0].At != lines.Count - 2 || scores[1].At != lines.Count - 1) return Found<(double, double)>.None(UnscoredReasons.NotLast);
        if (scores[0].Match.Groups[1].Value != "1" || scores[1].Match.Groups[1].Value != "2") return Found<(double, double)>.None(UnscoredReasons.NotOffered);

        var (first, second) = (Number(scores[0].Match), Number(scores[1].Match));
        return first is >= Lowest and <= Highest && second is >= Lowest and <= Highest ? new((first, second), null) : Found<(double, double)>.None(UnscoredReasons.NotOffered);
    }

    private static double Number(Match match) => double.TryParse(match.Groups[2].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    [GeneratedRegex(@"^score of answer (\d+)\s*:\s*\**\s*(\S+?)\**\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Score();
}
