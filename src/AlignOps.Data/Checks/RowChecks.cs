using AlignOps.Data.Feedback;
using AlignOps.Data.Formats;

namespace AlignOps.Data.Checks;

/// <summary>What every row must hold to, whatever format it came in. The first fault in order of severity is the row's.</summary>
internal static class RowChecks
{
    public static RowFault? Check(RowContent row, RowLimits limits) =>
        CheckPrompt(row.Prompt, limits) ??
        (row.Kind == FeedbackKind.Task ? null : CheckAnswers(row.Candidates, limits)) ??
        CheckTexts(row, limits) ??
        CheckSpans(row.Candidates) ??
        CheckKind(row) ??
        SuspiciousText.Find(row);

    private static RowFault? CheckPrompt(IReadOnlyList<ChatMessage> prompt, RowLimits limits)
    {
        if (prompt.Count == 0 || prompt.All(message => string.IsNullOrWhiteSpace(message.Content)))
        {
            return RowFault.Rejected(RowReasons.EmptyPrompt, "The prompt is empty.");
        }

        if (prompt.Count > limits.Turns)
        {
            return RowFault.Rejected(RowReasons.TooManyTurns, $"The prompt has {prompt.Count} turns; at most {limits.Turns} are taken.");
        }

        if (prompt[^1].Role != "user")
        {
            return RowFault.Rejected(RowReasons.LastTurnNotUser, $"The turn before the answer is the {prompt[^1].Role}'s; it must be the user's.");
        }

        return string.IsNullOrWhiteSpace(prompt[^1].Content)
            ? RowFault.Rejected(RowReasons.EmptyPrompt, "The user's last turn is empty.")
            : null;
    }

    private static RowFault? CheckAnswers(IReadOnlyList<Candidate> candidates, RowLimits limits)
    {
        if (candidates.Count == 0)
        {
            return RowFault.Rejected(RowReasons.NoAnswer, "The row has no answer.");
        }

        if (candidates.Count > limits.Candidates)
        {
            return RowFault.Rejected(RowReasons.TooManyCandidates, $"The row has {candidates.Count} answers; at most {limits.Candidates} are taken.");
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(candidates[i].Text))
            {
                return RowFault.Rejected(RowReasons.NoAnswer, candidates.Count == 1 ? "The answer is empty." : $"Answer {i + 1} of {candidates.Count} is empty.");
            }
        }

        return null;
    }

    private static RowFault? CheckTexts(RowContent row, RowLimits limits)
    {
        foreach (var (name, text) in row.Texts())
        {
            if (text.Length > limits.TextLength)
            {
                return RowFault.Rejected(RowReasons.TextTooLong, $"{name} has {text.Length} characters; at most {limits.TextLength} are taken.");
            }
        }

        return null;
    }

    private static RowFault? CheckSpans(IReadOnlyList<Candidate> candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            foreach (var span in candidates[i].Spans ?? [])
            {
                if (span.Start < 0 || span.Start >= span.End || span.End > candidates[i].Text.Length)
                {
                    return RowFault.Rejected(
                        RowReasons.SpanInvalid,
                        $"Answer {i + 1} has {candidates[i].Text.Length} characters and a span from {span.Start} to {span.End}; a span is at least one character inside its answer.");
                }

                if (!(span.Weight > 0) || !double.IsFinite(span.Weight))
                {
                    return RowFault.Rejected(RowReasons.SpanInvalid, $"A span of answer {i + 1} weighs {span.Weight}; a weight is above 0, and label says good or bad.");
                }
            }
        }

        return null;
    }

    private static RowFault? CheckKind(RowContent row)
    {
        var candidates = row.Candidates;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Score is { } score && !double.IsFinite(score))
            {
                return RowFault.Rejected(RowReasons.ScoreNotFinite, $"The score of answer {i + 1} is not a finite number.");
            }
        }

        return row.Kind switch
        {
            FeedbackKind.Preference => CheckCount(candidates, 2, "preference") ?? CheckOrder(candidates),
            FeedbackKind.Ranking when candidates.Count < 2 => RowFault.Rejected(RowReasons.CandidateCount, "A ranking needs at least two answers."),
            FeedbackKind.Ranking => CheckOrder(candidates),
            FeedbackKind.Demonstration => CheckCount(candidates, 1, "demonstration"),
            FeedbackKind.Thumb when candidates.Count == 1 && candidates[0].Label is null =>
                RowFault.Rejected(RowReasons.MissingField, "A thumb needs a label: true for up, false for down."),
            FeedbackKind.Thumb => CheckCount(candidates, 1, "thumb"),
            FeedbackKind.Critique when candidates.Count == 1 && string.IsNullOrWhiteSpace(candidates[0].Critique) =>
                RowFault.Rejected(RowReasons.NoCritique, "The critique is empty."),
            FeedbackKind.Rating when candidates.Count == 1 && candidates[0].Score is null =>
                RowFault.Rejected(RowReasons.MissingField, "A rating needs a score."),
            FeedbackKind.Rating => CheckCount(candidates, 1, "rating"),
            FeedbackKind.Task => CheckCount(candidates, 0, "task"),
            _ => CheckCount(candidates, 1, "critique"),
        };
    }

    private static RowFault? CheckCount(IReadOnlyList<Candidate> candidates, int count, string kind) =>
        candidates.Count == count
            ? null
            : RowFault.Rejected(RowReasons.CandidateCount, $"A {kind} has {count} {(count == 1 ? "answer" : "answers")}; this row has {candidates.Count}.");

    private static RowFault? CheckOrder(IReadOnlyList<Candidate> candidates)
    {
        if (candidates.Any(c => c.Score is null))
        {
            return RowFault.Rejected(RowReasons.MissingField, "Every answer needs a score to be compared by.");
        }

        if (candidates.All(c => c.Score == candidates[0].Score))
        {
            return RowFault.Rejected(RowReasons.NoPreference, "All scores are equal, so no answer is preferred.");
        }

        if (candidates.All(c => c.Text == candidates[0].Text))
        {
            return RowFault.Rejected(RowReasons.NoPreference, "The answers are the same text, so none is preferred.");
        }

        return candidates.GroupBy(c => c.Text, StringComparer.Ordinal).Any(same => same.Select(c => c.Score).Distinct().Count() > 1)
            ? RowFault.Quarantined(RowReasons.Contradiction, "The same answer stands in this row twice with different scores.")
            : null;
    }
}
