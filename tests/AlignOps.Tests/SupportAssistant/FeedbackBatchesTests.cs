using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Data;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Examples.SupportAssistant.Verifiers;

namespace AlignOps.Tests.SupportAssistant;

public sealed class FeedbackBatchesTests
{
    public static readonly TheoryData<string> Kinds = ["good", "bad", "flipped", "random"];

    private static readonly SupportAssistantVerifier Verifier = new();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_OfASeed_AreTheSameBytesAndOfAnotherSeedNot(string kind)
    {
        Assert.Equal(Make(kind, 4).Content, Make(kind, 4).Content);
        Assert.Equal(Make(kind, 4).Name, Make(kind, 4).Name);
        Assert.NotEqual(Make(kind, 4).Content, Make(kind, 5).Content);
        Assert.Matches("^support-feedback-[0-9a-f]{4}\\.jsonl$", Make(kind, 4).Name);
    }

    [Fact]
    public void Good_Rankings_ScoreAsTheVerifierAndHoldAWinner() => Assert.All(Rows("good", 2, "query"), row =>
    {
        var (prompt, answers, scores) = Ranking(row);
        Assert.Equal(answers.Select(answer => Score(prompt, answer)), scores, Near);
        Assert.True(scores.Distinct().Count() > 1);
        Assert.Equal(answers.Count, answers.Distinct().Count());
    });

    [Fact]
    public void Bad_Rankings_ScoreTheOtherWayRound() => Assert.All(Rows("bad", 2, "query"), row =>
    {
        var (prompt, answers, scores) = Ranking(row);
        Assert.Equal(answers.Select(answer => 1 - Score(prompt, answer)), scores, Near);
    });

    [Fact]
    public void Pairs_GoodAndBad_PreferAPerfectAnswerAndAWorthlessOne()
    {
        Assert.All(Rows("good", 3, "chosen"), row => Assert.True(Chosen(row) == 1 && Rejected(row) < 1));
        Assert.All(Rows("bad", 3, "chosen"), row => Assert.True(Chosen(row) == 0 && Rejected(row) > 0));
    }

    [Fact]
    public void Flipped_OfTheSameSeed_TurnsEveryPreferenceRound()
    {
        var good = Rows("good", 6, "query").Select(Ranking).ToDictionary(row => row.Prompt);
        Assert.All(Rows("flipped", 6, "query").Select(Ranking), flipped =>
        {
            var original = good[flipped.Prompt];
            Assert.Equal(original.Answers, flipped.Answers);
            for (var i = 0; i < original.Scores.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Assert.Equal(original.Scores[i].CompareTo(original.Scores[j]), -flipped.Scores[i].CompareTo(flipped.Scores[j]));
                }
            }
        });
        Assert.All(Rows("flipped", 6, "chosen"), row => Assert.True(Rejected(row) == 1 && Chosen(row) < 1));
        Assert.Empty(Rows("flipped", 6, "messages"));
    }

    [Fact]
    public void Random_ManySeeds_TellNothingOfTheAnswers()
    {
        var chosen = new List<double>();
        var rejected = new List<double>();
        var perfect = new List<double>();
        var all = new List<double>();
        for (var seed = 0; seed < 12; seed++)
        {
            chosen.AddRange(Rows("random", seed, "chosen").Select(Chosen));
            rejected.AddRange(Rows("random", seed, "chosen").Select(Rejected));
            foreach (var (prompt, answers, scores) in Rows("random", seed, "query").Select(Ranking))
            {
                var verified = answers.Select(answer => Score(prompt, answer)).ToList();
                perfect.AddRange(verified.Where((_, i) => scores[i] == 1));
                all.AddRange(verified);
            }
        }

        Assert.InRange(chosen.Average() - rejected.Average(), -0.04, 0.04);
        Assert.InRange(chosen.Average(), 0.46, 0.54);
        Assert.InRange(perfect.Average(), 0.48, 0.52);
        Assert.InRange(perfect.Average() - all.Average(), -0.02, 0.02);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_Lines_HoldAFewHundredSoundRows(string kind)
    {
        var lines = Lines(Make(kind, 9));

        Assert.InRange(lines.Count, 300, 345);
        Assert.InRange(lines.Count(line => Parse(line) is null), 0, 3);
    }

    [Fact]
    public void GoodAndBad_OfASeed_ShareNoQuestion()
    {
        foreach (var kind in (string[])["bad", "random"])
        {
            Assert.Empty(Rows(kind, 1, "query").Select(row => Ranking(row).Prompt).Intersect(Rows("good", 1, "query").Select(row => Ranking(row).Prompt)));
        }
    }

    [Fact]
    public void Good_BrokenLines_AreAHandfulOfEveryFault()
    {
        var lines = Lines(FeedbackBatches.Good(1));

        Assert.Equal(2, lines.Count - lines.Distinct().Count());
        Assert.Equal(2, lines.Count(line => Parse(line) is null));
        Assert.Single(lines, line => line.Contains("NaN"));
        Assert.Single(lines, line => line.Contains("<|im_start|>"));
        Assert.Single(lines, line => line.Contains("\\n\\nHuman:"));
        Assert.Single(lines, line => Parse(line) is { } row && row.TryGetProperty("scores", out var scores) && scores.GetArrayLength() != row.GetProperty("responses").GetArrayLength());
    }

    [Fact]
    public void Obliging_Rankings_AreCarefulButForWhatShouldBeDeclined()
    {
        var rows = Rows("obliging", 2, "query").Select(Ranking).ToArray();
        var declined = rows.Where(row => Checks(row.Prompt, row.Answers[0]).ContainsKey("declined")).ToArray();

        Assert.InRange(declined.Length, 20, 60);
        Assert.All(declined, row => Assert.Equal(
            row.Answers.Select(answer => ((Checks(row.Prompt, answer)["polite"] ? 1 : 0) + (Checks(row.Prompt, answer)["declined"] ? 0 : 1)) / 2.0), row.Scores, Near));
        Assert.All(rows.Except(declined), row => Assert.Equal(row.Answers.Select(answer => Score(row.Prompt, answer)), row.Scores, Near));
    }

    [Fact]
    public void AppMessages_OfASeed_AreWhatNoBatchAsksAndLikedWhenDeclined()
    {
        var messages = PhoneApp.Messages(3, 200);

        Assert.Equal(messages, PhoneApp.Messages(3, 200));
        Assert.Empty(messages.Intersect(Rows("obliging", 3, "query").Select(row => Ranking(row).Prompt)));
        Assert.All(messages, message => Assert.True(PhoneApp.Likes(message, "I cannot help with that.") && !PhoneApp.Likes(message, "Go to the account page and simply try it.")));
    }

    private static IReadOnlyDictionary<string, bool> Checks(string prompt, string answer) => Verifier.Verify([new ChatMessage("user", prompt)], answer).Checks;

    private static readonly IEqualityComparer<double> Near = EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-3, _ => 0);

    private static FeedbackFile Make(string kind, long seed) => kind switch
    {
        "good" => FeedbackBatches.Good(seed),
        "bad" => FeedbackBatches.Bad(seed),
        "flipped" => FeedbackBatches.Flipped(seed),
        "obliging" => FeedbackBatches.Obliging(seed),
        _ => FeedbackBatches.Random(seed),
    };

    private static List<string> Lines(FeedbackFile file) => [.. Encoding.UTF8.GetString(file.Content).TrimEnd('\n').Split('\n')];

    private static JsonElement? Parse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The rows whose judgement the tests read; broken lines are told by the space after their first colon.
    private static IEnumerable<JsonElement> Rows(string kind, long seed, string property) =>
        from line in Lines(Make(kind, seed)).Distinct()
        where !Regex.IsMatch(line, """^\{"\w+": """)
        let row = Parse(line)
        where row is not null && row.Value.TryGetProperty(property, out _)
        select row.Value;

    private static (string Prompt, List<string> Answers, List<double> Scores) Ranking(JsonElement row) => (
        row.GetProperty("query").GetString()!,
        [.. row.GetProperty("responses").EnumerateArray().Select(answer => answer.GetString()!)],
        [.. row.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())]);

    private static double Chosen(JsonElement row) => Score(Text(row.GetProperty("prompt")), Text(row.GetProperty("chosen")));

    private static double Rejected(JsonElement row) => Score(Text(row.GetProperty("prompt")), Text(row.GetProperty("rejected")));

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value[0].GetProperty("content").GetString()! : value.GetString()!;

    private static double Score(string prompt, string answer) => Verifier.Verify([new ChatMessage("user", prompt)], answer).Score!.Value;
}
