using AlignOps.Training.Objectives;

namespace AlignOps.Training.Batching;

/// <summary>Cuts a step into parts that fit in memory. An example's answers are never parted, so one larger than the limit stands alone.</summary>
internal static class MicroBatches
{
    public static IReadOnlyList<ArraySegment<PlannedSequence>> Split(StepPlan plan, int maxTokens)
    {
        PlannedSequence[] sequences = [.. plan.Sequences];
        List<ArraySegment<PlannedSequence>> parts = [];
        int start = 0, tokens = 0;
        for (int at = 0, end; at < sequences.Length; at = end)
        {
            int exampleTokens = 0;
            for (end = at; end < sequences.Length && sequences[end].Example == sequences[at].Example; end++)
            {
                exampleTokens += sequences[end].Tokens;
            }

            if (at > start && tokens + exampleTokens > maxTokens)
            {
                parts.Add(new ArraySegment<PlannedSequence>(sequences, start, at - start));
                (start, tokens) = (at, 0);
            }

            tokens += exampleTokens;
        }

        parts.Add(new ArraySegment<PlannedSequence>(sequences, start, sequences.Length - start));
        return parts;
    }
}
