namespace AlignOps.WebConsole.Reading;

/// <summary>Two answers to judge, without a hint of whose they are.</summary>
/// <param name="Left">Pairs that wait for the visitor, this one included.</param>
public sealed record LabelPair(string ItemId, string Pipeline, IReadOnlyList<LabelPair.Message> Prompt, string First, string Second, int Left)
{
    public sealed record Message(string Role, string Content);
}
