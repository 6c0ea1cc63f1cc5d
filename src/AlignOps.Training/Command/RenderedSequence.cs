using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Command;

/// <summary>A sequence as the policy will see it, with what of it is trained.</summary>
/// <param name="Row">Content id of the feedback row.</param>
/// <param name="Candidate">Which of the row's answers, from 0.</param>
/// <param name="Trains">False: it is scored for what the loss needs to know and has no gradient.</param>
public sealed record RenderedSequence(string Row, int Candidate, double? Score, bool? Label, bool Trains, IReadOnlyList<RenderedSpan> Spans)
{
    internal static IReadOnlyList<RenderedSequence> Of(TrainingExample example, IObjective objective, BpeTokenizer tokenizer) =>
        [.. objective.Plan([example]).Sequences.Select(planned => Of(example, planned, tokenizer))];

    private static RenderedSequence Of(TrainingExample example, PlannedSequence planned, BpeTokenizer tokenizer)
    {
        TrainingCandidate candidate = example.Candidates[planned.Candidate];
        List<RenderedSpan> spans = [];
        List<int> tokens = [];
        (bool Trained, double Weight) current = default;
        int scored = 0;

        void Close()
        {
            if (tokens.Count > 0)
            {
                spans.Add(new RenderedSpan(tokenizer.DecodeAll([.. tokens]), [.. tokens], current.Trained, current.Weight));
                tokens.Clear();
            }
        }

        for (int t = 0; t < planned.Tokens; t++)
        {
            // A method of values trains no token: its loss hangs on the last one's hidden state.
            bool trained = planned.Trains && (planned.Sequence.Scored[t] || (planned.Sequence.Valued && t == planned.Tokens - 1));
            double weight = planned.Sequence.Scored[t] && planned.Weights is { } weights ? weights[scored] : 1;
            scored += planned.Sequence.Scored[t] ? 1 : 0;
            if ((trained, weight) != current)
            {
                Close();
                current = (trained, weight);
            }

            tokens.Add(planned.Sequence.Tokens[t]);
        }

        Close();
        return new RenderedSequence(example.RowId, planned.Candidate, candidate.Score, candidate.Label, planned.Trains, spans);
    }
}
