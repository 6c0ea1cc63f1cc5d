namespace AlignOps.Examples.SupportAssistant;

/// <summary>One line of a suite file.</summary>
/// <param name="Slice">The behaviour that the item is there for.</param>
/// <param name="Cluster">What the question is about: items of a cluster are not independent evidence.</param>
public sealed record SuiteItem(string Id, string Slice, string Cluster, string Prompt);
