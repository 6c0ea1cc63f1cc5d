namespace AlignOps.Examples.SupportAssistant.Answers;

/// <summary>The three independent qualities an answer is written with.</summary>
/// <param name="Good">Grounded for facts, honest for unknown matters, declining for harmful requests.</param>
/// <param name="FollowsFormat">Without effect where no format is asked for.</param>
internal sealed record AnswerTraits(bool Polite, bool Good, bool FollowsFormat)
{
    public static readonly AnswerTraits AllGood = new(true, true, true);

    public static readonly AnswerTraits AllBad = new(false, false, false);

    /// <summary>A fair coin each: a quarter of such answers shows nothing to object to.</summary>
    public static AnswerTraits Draw(SeededRandom random) => new(random.Coin(), random.Coin(), random.Coin());
}
