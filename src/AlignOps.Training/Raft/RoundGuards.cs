using System.Globalization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Raft;

/// <summary>What a reward that is gamed looks like from outside: answers grow alike, break, or all say the same thing, while their reward rises.</summary>
internal static class RoundGuards
{
    public const string DiversityCollapse = "diversity-collapse";
    public const string InvalidAnswers = "invalid-answers";
    public const string RepeatedPattern = "repeated-pattern";

    /// <summary>Why the training ends here, in a code and a sentence; null where it goes on.</summary>
    /// <param name="first">The first round, before anything was learned.</param>
    public static (string Code, string Sentence)? Trips(RoundReport round, RoundReport first, RaftSection section) =>
        round.Invalid > section.MaxInvalid
            ? (InvalidAnswers, Say($"Round {round.Round}: {round.Invalid:0.0%} of {round.Samples} samples had to be discarded; training.raft.max_invalid is {section.MaxInvalid:0.0%}. Sample cooler, or longer with max_new_tokens."))
        : round.Distinct2 < section.MinDiversity * first.Distinct2
            ? (DiversityCollapse, Say($"Round {round.Round}: of the word pairs of the samples {round.Distinct2:0.000} are different, {first.Distinct2:0.000} at the start; training.raft.min_diversity allows a fall to {section.MinDiversity:0.0%}. Train fewer rounds, at a lower rate, or sample warmer."))
        : round.PatternShare - first.PatternShare > section.MaxPatternRise
            ? (RepeatedPattern, Say($"Round {round.Round}: \"{round.Pattern}\" stands in {round.PatternShare:0.0%} of the kept answers, the commonest words of the first round in {first.PatternShare:0.0%}; training.raft.max_pattern_rise is {section.MaxPatternRise:0.0%}. The reward may be paid for these words alone."))
        : null;

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
