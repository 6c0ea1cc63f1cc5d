using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples.Spans;

/// <summary>
/// Answers with stretches marked good or bad: a token that a stretch touches weighs what the stretch weighs, below 0 where it is bad; of several stretches the
/// last one given decides. The other tokens, the end token among them, weigh what the section says.
/// </summary>
internal sealed class MarkedAnswers(FineGrainedSection section) : RowShape(
    FeedbackKind.Demonstration, FeedbackKind.Preference, FeedbackKind.Ranking, FeedbackKind.Thumb, FeedbackKind.Critique, FeedbackKind.Rating)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        List<TrainingCandidate> candidates = [];
        foreach (Candidate candidate in row.Candidates.Where(c => c.Spans is { Count: > 0 }))
        {
            int[] answer = tokenizer.EncodeAnswer(candidate.Text);
            if (Weights(tokenizer, answer, candidate) is not { } weights)
            {
                return ShapedRow.None(SkipReasons.SpansUnaligned);
            }

            candidates.Add(new TrainingCandidate(answer, Score: null, Weights: weights));
        }

        return candidates.Count == 0 ? ShapedRow.None(SkipReasons.NoSpans) : new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), candidates);
    }

    private double[]? Weights(ITokenizer tokenizer, int[] answer, Candidate candidate)
    {
        if (TokenPlaces.Of(tokenizer, answer, candidate.Text) is not { } places)
        {
            return null;
        }

        double[] weights = [.. Enumerable.Repeat(section.UnmarkedWeight, answer.Length)];
        foreach (AnswerSpan span in candidate.Spans!)
        {
            (int start, int end) = TokenPlaces.Bytes(candidate.Text, span.Start, span.End);
            for (int t = 0; t < answer.Length; t++)
            {
                if (places[t].Start < end && places[t].End > start)
                {
                    weights[t] = span.Label == SpanLabel.Bad ? -span.Weight * section.BadWeight : span.Weight;
                }
            }
        }

        return weights;
    }
}
