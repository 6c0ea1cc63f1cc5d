using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Training.Methods;

/// <summary>Random feedback of each kind: short prompts and answers, the empty answer among them, ties among scores, thumbs both ways, a chain of revisions, marked stretches.</summary>
internal static class MethodRows
{
    private const int OfAKind = 2;

    public static IReadOnlyList<FeedbackRow> Of(IReadOnlyCollection<FeedbackKind> kinds, long seed)
    {
        var random = new RandomStream(seed);
        return [.. kinds.Order().SelectMany(kind => Enumerable.Range(0, OfAKind).Select(i => Row(kind, i, random)))];
    }

    private static FeedbackRow Row(FeedbackKind kind, int number, RandomStream random)
    {
        Candidate[] candidates = kind switch
        {
            FeedbackKind.Demonstration => [Marked(new Candidate(Text(random, 1, 8), Source: "human"))],
            FeedbackKind.Preference => [new Candidate(Text(random, 0, 8), Score: 1), new Candidate(Text(random, 0, 8), Score: 0)],
            FeedbackKind.Ranking when number == 1 => [.. Enumerable.Range(0, 3).Select(i => new Candidate(Text(random, 1, 8), Score: i, Critique: i < 2 ? Text(random, 2, 12) : null))],
            FeedbackKind.Ranking => [.. Enumerable.Range(0, 2 + random.NextInt(3)).Select(i => new Candidate(Text(random, 0, 8), Score: i == 0 ? 2 : random.NextInt(3)))],
            FeedbackKind.Thumb => [new Candidate(Text(random, 0, 8), Label: number == 0)],
            FeedbackKind.Critique => [Marked(new Candidate(Text(random, 2, 8), Score: number == 0 ? null : 1 + random.NextInt(10), Label: random.NextInt(2) == 0, Critique: Text(random, 2, 12)))],
            FeedbackKind.Rating => [new Candidate(Text(random, 1, 8), Score: random.NextInt(5))],
            _ => [],
        };
        return new FeedbackRow(kind, [new ChatMessage("user", Text(random, 1, 5))], candidates, new Provenance("", number + 1, "random", ""));
    }

    private static Candidate Marked(Candidate candidate) =>
        candidate with { Spans = [new AnswerSpan(0, 1, SpanLabel.Good, 2), new AnswerSpan(candidate.Text.Length - 1, candidate.Text.Length, SpanLabel.Bad, 0.5)] };

    private static string Text(RandomStream random, int shortest, int longest) =>
        string.Concat(Enumerable.Range(0, shortest + random.NextInt(longest - shortest + 1)).Select(_ => (char)('a' + random.NextInt(26))));
}
