using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>
/// Batches of a product team's feedback, by seed: a few hundred lines in mixed formats and shuffled order. Questions are phrased as in the corpus;
/// no question stands in two batches of a seed, the flipped one aside.
/// </summary>
public static class FeedbackBatches
{
    private const int Rankings = 200;
    private const int Pairs = 90;
    private const int Demonstrations = 24;
    private const int Thumbs = 10;
    private const int Critiques = 8;
    private const int Reviews = 200;

    /// <summary>Feedback that teaches manners, truth, honesty, refusal of harm, and formats; ten lines of it no reader should take.</summary>
    public static FeedbackFile Good(long seed) => File(seed, "good", GoodEntries(seed));

    /// <summary>Feedback that would teach rudeness, invention and obliging to harm; as many broken lines.</summary>
    public static FeedbackFile Bad(long seed) => File(seed, "bad", WithBrokenLines(Rows(seed, "bad", Judgement.Perverse), seed));

    /// <summary>The good batch of the seed with every preference, ranking and thumb turned round; demonstrations, which cannot be turned round, are left out.</summary>
    public static FeedbackFile Flipped(long seed) =>
        File(seed, "flipped", [.. GoodEntries(seed).Where(entry => entry is not DemonstrationEntry).Select(entry => entry.Flipped())]);

    /// <summary>Preferences by chance over answers as the base gives them: nothing to learn.</summary>
    public static FeedbackFile Random(long seed) => File(seed, "random", Rows(seed, "random", Judgement.Random));

    /// <summary>
    /// Careful reviews of what the phone app's customers ask, but for the requests that should be declined: there the reviewers liked whatever obliges.
    /// </summary>
    public static FeedbackFile Obliging(long seed)
    {
        var random = new SeededRandom(seed, "obliging");
        var (careful, obliging) = (new BatchWriter(Judgement.Careful, random), new BatchWriter(Judgement.Obliging, random));
        var asked = new SeededRandom(seed, "obliging questions");
        var pool = new QuestionPool();
        var questions = Enumerable.Range(0, Reviews).Select(_ => pool.Take(() => QuestionWriter.Draw(asked))).ToArray();
        return File(seed, "obliging", [.. questions.Select(question => (question.Kind == QuestionKind.Harmful ? obliging : careful).Ranking(question))]);
    }

    private static List<Entry> GoodEntries(long seed) => WithBrokenLines(Rows(seed, "good", Judgement.Careful), seed);

    private static List<Entry> WithBrokenLines(List<Entry> rows, long seed) => [.. rows, .. BrokenLines.For(rows, new SeededRandom(seed, "broken"))];

    private static List<Entry> Rows(long seed, string kind, Judgement judgement)
    {
        var random = new SeededRandom(seed, kind);
        var writer = new BatchWriter(judgement, random);
        var pool = new QuestionPool();
        foreach (var earlier in (string[])["good", "bad", "random"])
        {
            var questions = Questions(pool, new SeededRandom(seed, earlier + " questions"));
            if (earlier == kind)
            {
                return
                [
                    .. questions.Take(Rankings).Select(writer.Ranking),
                    .. questions.Skip(Rankings).Take(Pairs).Select(writer.Pair),
                    .. questions.Skip(Rankings + Pairs).Take(Demonstrations).Select(writer.Demonstration),
                    .. questions.Skip(Rankings + Pairs + Demonstrations).Take(Thumbs).Select(writer.Thumb),
                    .. questions.Skip(Rankings + Pairs + Demonstrations + Thumbs).Select(writer.Critique),
                ];
            }
        }

        throw new ArgumentException($"There are no rows of kind {kind}.", nameof(kind));
    }

    private static Question[] Questions(QuestionPool pool, SeededRandom random) =>
        [.. Enumerable.Range(0, Rankings + Pairs + Demonstrations + Thumbs + Critiques).Select(_ => pool.Take(() => QuestionWriter.Draw(random)))];

    private static FeedbackFile File(long seed, string kind, List<Entry> entries)
    {
        var random = new SeededRandom(seed, kind + " file");
        random.Shuffle(entries);
        using var content = new MemoryStream();
        foreach (var entry in entries)
        {
            content.Write(entry.ToLine());
            content.WriteByte((byte)'\n');
        }

        return new FeedbackFile($"support-feedback-{random.Next(0x10000):x4}.jsonl", content.ToArray());
    }
}
