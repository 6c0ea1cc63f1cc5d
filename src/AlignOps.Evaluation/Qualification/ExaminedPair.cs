using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification;

/// <summary>A labelled pair with a judge's verdicts.</summary>
/// <param name="Ahead">With the first answer in the first place, once for every time it was asked; at least one.</param>
/// <param name="Behind">With the answers' places swapped, likewise; empty where the judge was not asked so. <see cref="Preference.First"/> is the place, not the answer.</param>
internal sealed record ExaminedPair(LabelledPair Pair, IReadOnlyList<JudgeVerdict> Ahead, IReadOnlyList<JudgeVerdict> Behind)
{
    /// <summary>The judge's preference among the pair's answers as one number each way: both orders agree, or the order asked where there is one only; a contradiction is a tie, a missing verdict null.</summary>
    public Preference? Verdict => (Ahead[0].Preferred, Swapped(Behind.Count == 0 ? null : Behind[0].Preferred)) switch
    {
        ({ } ahead, _) when Behind.Count == 0 => ahead,
        (null, _) or (_, null) => null,
        var (ahead, behind) => ahead == behind ? ahead : Preference.Tie,
    };

    /// <summary>A place as the other order calls it.</summary>
    public static Preference? Swapped(Preference? place) => place switch
    {
        Preference.First => Preference.Second,
        Preference.Second => Preference.First,
        _ => place,
    };
}
