namespace AlignOps.Serving.Policies;

/// <summary>A champion that this process cannot serve now, although the registry names it.</summary>
/// <param name="Sentence">For callers: which version, and what is wrong with it.</param>
internal sealed record PolicyFault(string Pipeline, int Version, string Sentence);
