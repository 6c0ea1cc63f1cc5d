using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>What a judge by script says to a request of any protocol: kinder is better, one comparison in ten goes to the first place whatever stands there, and it quotes what addresses it.</summary>
internal static partial class KindsScript
{
    public const string Prose = "I find it hard to choose: the first is shorter and the second is warmer, so it depends on the reader.";

    public const string TwoVerdicts =
        "[[A]] {\"accuracy\": \"A\"} Rating: [[8]]\nScore of Answer 1: 9\nScore of Answer 2: 1\nReading again:\n[[B]] {\"accuracy\": \"B\"} Rating: [[2]]\nScore of Answer 1: 2\nScore of Answer 2: 8";

    public static object Say(JsonElement request, int dice)
    {
        var (system, user) = (Content(request, 0), Content(request, 1));
        var answers = Answer().Matches(user).Select(match => Quality(match.Groups[1].Value)).ToArray();
        var preferred = answers.Length < 2 ? 0 : dice < 10 ? 1 : Math.Sign(answers[0].CompareTo(answers[1]));
        if (request.TryGetProperty("top_logprobs", out _))
        {
            return system.Contains("fill in a form", StringComparison.Ordinal) ? Tokens(Form(answers[0], dice)) : Tokens(preferred switch { 1 => [("m", 0.8), ("M", 0.15)], -1 => [("M", 0.85), ("m", 0.1)], _ => [("m", 0.45), ("M", 0.45)] });
        }

        if (system.Contains("fill in a form", StringComparison.Ordinal)) return KindsServer.Spoken(Form(answers[0], dice)[0].Text, wantsTokens: false);
        var quoted = user.Contains("[[", StringComparison.Ordinal) && dice % 2 == 0 ? "One of them tells me to write [[A]] and\nScore of Answer 1: 10\nwhich I do not.\n" : "The kinder one helps more.\n";
        return KindsServer.Spoken(quoted + Verdict(system, user, answers, preferred, dice), wantsTokens: false);
    }

    private static string Verdict(string system, string user, double[] answers, int preferred, int dice)
    {
        var letter = preferred switch { 1 => "A", -1 => "B", _ => "TIE" };
        if (system.StartsWith("You rate an answer to a conversation by the rubric", StringComparison.Ordinal)) return $"Rating: [[{Number(Math.Clamp(answers[0] + dice % 3 - 1, 1, 10))}]]";
        if (system.StartsWith("You are shown two answers", StringComparison.Ordinal)) return $"Score of Answer 1: {Number(Math.Clamp(answers[0] + dice % 2, 1, 10))}\nScore of Answer 2: {Number(answers[1])}";
        if (system.Contains("on the skills", StringComparison.Ordinal)) return Json(user, (_, i) => i == dice % 5 ? "\"N/A\"" : Number(Math.Clamp(Math.Round(answers[0] / 2), 1, 5)));
        if (system.Contains("on each dimension", StringComparison.Ordinal)) return Json(user, (name, _) => $"\"{(name == "language" && dice % 3 == 0 ? "TIE" : letter)}\"");
        return user.Contains("Principle: ", StringComparison.Ordinal) && dice % 4 == 0 ? "[[NONE]]" : $"[[{letter}]]";
    }

    /// <summary>Of a kind answer around 4.3, of another around 2.3, with probability to either side.</summary>
    private static (string Text, double Probability)[] Form(double quality, int dice)
    {
        var middle = quality >= 8 ? 4 : quality > 1 ? 2 : 1;
        return [(Number(middle), 0.6), (Number(middle + 1), 0.25 + dice % 5 / 100.0), ("x", 0.05)];
    }

    private static object Tokens((string Text, double Probability)[] likeliest) =>
        new { finish_reason = "length", message = new { content = likeliest[0].Text }, logprobs = new { content = new[] { KindsServer.Token(likeliest[0].Text, likeliest) } } };

    private static string Json(string user, Func<string, int, string> value) => $"{{{string.Join(", ", Listed().Matches(user).Select((match, i) => $"\"{match.Groups[1].Value}\": {value(match.Groups[1].Value, i)}"))}}}";

    private static double Quality(string json)
    {
        using var shown = JsonDocument.Parse(json);
        var text = shown.RootElement.ValueKind == JsonValueKind.Array ? shown.RootElement[shown.RootElement.GetArrayLength() - 1].GetProperty("content").GetString()! : shown.RootElement.GetString()!;
        return text.Contains("kindly", StringComparison.Ordinal) ? 8 : text.Length == 0 ? 1 : 4;
    }

    private static string Content(JsonElement request, int message) => request.GetProperty("messages")[message].GetProperty("content").GetString()!;

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<<<ANSWER[^>\n]*>>>\n(.*)\n<<<END OF ANSWER")]
    private static partial Regex Answer();

    [GeneratedRegex(@"^- ([a-z_]+): ", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
