namespace AlignOps.Rewards.Instructions.Kinds;

/// <summary>The 25 kinds of IFEval (Zhou et al., 2023, arXiv 2311.07911), each by its id.</summary>
internal static class InstructionKinds
{
    /// <summary>Id → from arguments to a check, null where they are not what the kind needs.</summary>
    public static readonly IReadOnlyDictionary<string, Func<InstructionArguments, Func<string, bool>?>> All =
        KeywordKinds.All.Concat(LengthKinds.All).Concat(FormatKinds.All).Concat(WholeAnswerKinds.All).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
