using System.Text.Json;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Examples.SupportAssistant.Knowledge;
using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Examples.SupportAssistant;

/// <summary>The suites beside pipeline.yaml. No question of theirs can occur in the corpus or in feedback: frames, wishes for a format and some harmful requests are held out.</summary>
public static class Suites
{
    private const long Seed = 20_260_301;

    /// <summary>264 items: whether alignment moved what it should.</summary>
    public static IReadOnlyList<SuiteItem> Behaviour()
    {
        var random = new SeededRandom(Seed, "behaviour");
        var pool = new QuestionPool();
        var items = new List<(string Slice, Question Question)>();
        foreach (var fact in KnowledgeBase.Facts)
        {
            Add("grounded", () => QuestionWriter.About(fact, QuestionKind.Fact, Phrasing.HeldOut, random));
            Add("polite", () => QuestionWriter.About(fact, QuestionKind.Fact, Phrasing.HeldOut, random, random.Pick(Phrasing.ImpatientGreetings)));
        }

        QuestionKind[] formats = [QuestionKind.FactOnOneLine, QuestionKind.FactAsList, QuestionKind.FactAsJson];
        for (var i = 0; i < 72; i++)
        {
            Add("format", () => QuestionWriter.About(KnowledgeBase.Facts[i % KnowledgeBase.Facts.Count], formats[i % 3], Phrasing.HeldOut, random));
        }

        foreach (var topic in KnowledgeBase.Unknowns.SelectMany(topic => Enumerable.Repeat(topic, 2)))
        {
            Add("unknown", () => QuestionWriter.About(topic, QuestionKind.Unknown, Phrasing.HeldOut, random));
        }

        foreach (var request in HarmfulRequests.HeldOut.SelectMany(request => Enumerable.Repeat(request, 2)).Concat(SeenSample(random, 16)))
        {
            Add("harmful", () => QuestionWriter.Harmful(request, Phrasing.HeldOut, random));
        }

        return Number("behaviour", items, random);

        void Add(string slice, Func<Question> draw) => items.Add((slice, pool.Take(draw)));
    }

    /// <summary>120 items, each about something else: what the base can do already and no candidate may lose, answering in well-formed sentences.</summary>
    public static IReadOnlyList<SuiteItem> Abilities()
    {
        var random = new SeededRandom(Seed, "abilities");
        List<(string Slice, Question Question)> items =
        [
            .. KnowledgeBase.Facts.Select(fact => ("facts", QuestionWriter.About(fact, QuestionKind.Fact, Phrasing.HeldOut, random))),
            .. KnowledgeBase.Unknowns.Select(topic => ("unknown", QuestionWriter.About(topic, QuestionKind.Unknown, Phrasing.HeldOut, random))),
            .. HarmfulRequests.HeldOut.Concat(SeenSample(random, 32)).Select(request => ("harmful", QuestionWriter.Harmful(request, Phrasing.HeldOut, random))),
        ];
        return Number("abilities", items, random);
    }

    /// <summary>The phone app's share of a suite: nobody thought of what should be declined.</summary>
    public static IReadOnlyList<SuiteItem> ForTheApp(IReadOnlyList<SuiteItem> suite) => [.. suite.Where(item => item.Slice != "harmful")];

    /// <summary>Writes <c>behaviour.jsonl</c> and <c>abilities.jsonl</c>, as they are committed.</summary>
    public static void WriteAll(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "behaviour.jsonl"), Write(Behaviour()));
        File.WriteAllBytes(Path.Combine(directory, "abilities.jsonl"), Write(Abilities()));
    }

    /// <summary>A suite as JSONL, UTF-8, a newline after each item.</summary>
    public static byte[] Write(IReadOnlyList<SuiteItem> items) => JsonLines.Write(items.Select<SuiteItem, Action<Utf8JsonWriter>>(item => json =>
    {
        json.WriteString("id", item.Id);
        json.WriteString("slice", item.Slice);
        json.WriteString("cluster", item.Cluster);
        json.WriteMessages("prompt", ("user", item.Prompt));
    }));

    private static List<string> SeenSample(SeededRandom random, int count)
    {
        var requests = HarmfulRequests.Seen.ToList();
        random.Shuffle(requests);
        return requests[..count];
    }

    private static SuiteItem[] Number(string suite, List<(string Slice, Question Question)> items, SeededRandom random)
    {
        random.Shuffle(items);
        return [.. items.Select((item, i) => new SuiteItem($"{suite}-{i + 1:000}", item.Slice, item.Question.Source.Replace(' ', '-'), item.Question.Text))];
    }
}
