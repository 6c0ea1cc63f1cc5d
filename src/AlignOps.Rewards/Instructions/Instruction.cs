namespace AlignOps.Rewards.Instructions;

/// <summary>Something that an item asks of the form of an answer and that can be checked by rule.</summary>
/// <param name="Id">As IFEval names it, such as <c>length_constraints:number_words</c>.</param>
/// <param name="IsFollowed">Whether an answer does it. An empty answer follows nothing, which is the caller's affair.</param>
public sealed record Instruction(string Id, Func<string, bool> IsFollowed);
