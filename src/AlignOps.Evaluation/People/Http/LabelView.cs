using AlignOps.Data;

namespace AlignOps.Evaluation.People.Http;

/// <summary>A pair as a person is to judge it: nothing in it tells whose answer is whose.</summary>
/// <param name="ClaimedUntil">Unix milliseconds; afterwards somebody else may be handed it.</param>
/// <param name="Left">Pairs that wait for this person, this one included.</param>
public sealed record LabelView(string ItemId, string Pipeline, IReadOnlyList<ChatMessage> Prompt, string First, string Second, long ClaimedUntil, int Left);
