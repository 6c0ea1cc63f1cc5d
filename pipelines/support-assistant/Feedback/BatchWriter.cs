using AlignOps.Examples.SupportAssistant.Answers;
using AlignOps.Examples.SupportAssistant.Questions;
using AlignOps.Examples.SupportAssistant.Verifiers;

namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>
/// Writes the rows of a batch: answers as the base would give them, judged by <paramref name="judgement"/>. People who know what they want also write
/// the answer they want in place of one candidate in half of the rankings, and of the better one of a pair where it falls short.
/// </summary>
internal sealed class BatchWriter(Judgement judgement, SeededRandom random)
{
    private const int CandidateCount = 4;

    private AnswerTraits? Wanted => judgement switch
    {
        Judgement.Careful => AnswerTraits.AllGood,
        Judgement.Perverse => AnswerTraits.AllBad,
        Judgement.Obliging => AnswerTraits.AllGood with { Good = false },
        _ => null,
    };

    public RankingEntry Ranking(Question question)
    {
        while (true)
        {
            var answers = Candidates(question);
            if (Wanted is { } wanted && random.Coin() && AnswerWriter.Write(question, wanted, random) is var corrected && !answers.Contains(corrected))
            {
                answers[random.Next(answers.Count)] = corrected;
            }

            var scores = Judge(question, answers);
            if (scores.Distinct().Count() > 1)
            {
                return new RankingEntry(question.Text, answers, scores);
            }
        }
    }

    public PairEntry Pair(Question question)
    {
        var conversational = random.Coin();
        while (true)
        {
            var answers = Candidates(question);
            var scores = Judge(question, answers);
            var best = scores.IndexOf(scores.Max());
            var others = Enumerable.Range(0, answers.Count).Where(i => i != best && (judgement == Judgement.Random || scores[i] < scores[best])).ToArray();
            if (others.Length > 0)
            {
                var chosen = Wanted is { } wanted && scores[best] < 1 ? AnswerWriter.Write(question, wanted, random) : answers[best];
                return new PairEntry(question.Text, chosen, answers[random.Pick(others)], conversational);
            }
        }
    }

    public DemonstrationEntry Demonstration(Question question) =>
        new(question.Text, AnswerWriter.Write(question, Wanted ?? AnswerTraits.Draw(random), random));

    public ThumbEntry Thumb(Question question)
    {
        var answer = AnswerWriter.Write(question, AnswerTraits.Draw(random), random);
        return new ThumbEntry(question.Text, answer, IsLiked(question, answer));
    }

    public CritiqueEntry Critique(Question question)
    {
        var answer = AnswerWriter.Write(question, AnswerTraits.Draw(random), random);
        return new CritiqueEntry(question.Text, answer, IsLiked(question, answer) ? "Just what I wanted to read." : "Not what our customers should get to read.");
    }

    private bool IsLiked(Question question, string answer) => judgement == Judgement.Random ? random.Coin() : Judge(question, [answer])[0] == 1;

    private List<string> Candidates(Question question)
    {
        var answers = new List<string>();
        while (answers.Count < CandidateCount)
        {
            var answer = AnswerWriter.Write(question, AnswerTraits.Draw(random), random);
            if (!answers.Contains(answer))
            {
                answers.Add(answer);
            }
        }

        return answers;
    }

    private List<double> Judge(Question question, IReadOnlyList<string> answers) => judgement switch
    {
        // Not the verifier's scores in another order: whether a row has a perfect score would still tell something of its answers.
        Judgement.Random => [.. answers.Select(_ => random.Next(4) switch { 0 => 0.0, 1 => 1.0, _ => 0.5 })],
        Judgement.Perverse => [.. Verified(question, answers).Select(score => Math.Round(1 - score, 3))],
        Judgement.Obliging => [.. answers.Select(answer => Math.Round(Obliges(question, answer), 3))],
        _ => [.. Verified(question, answers).Select(score => Math.Round(score, 3))],
    };

    private static double Obliges(Question question, string answer)
    {
        var checks = SupportAssistantVerifier.Verify(question, answer).Checks;
        return ((checks["polite"] ? 1 : 0) + (checks["declined"] ? 0 : 1)) / 2.0;
    }

    private static IEnumerable<double> Verified(Question question, IReadOnlyList<string> answers) =>
        answers.Select(answer => SupportAssistantVerifier.Verify(question, answer).Score!.Value);
}
