namespace AlignOps.Training.Command;

/// <summary>Neighbouring tokens of a sequence that count alike.</summary>
/// <param name="Text">As the policy sees it, special tokens by their names.</param>
/// <param name="Trained">The loss hangs on these tokens.</param>
/// <param name="Weight">How much each counts; 1 where the method does not weigh.</param>
public sealed record RenderedSpan(string Text, IReadOnlyList<int> Tokens, bool Trained, double Weight);
