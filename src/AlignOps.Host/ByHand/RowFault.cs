namespace AlignOps.Host.ByHand;

/// <summary>Why a row of a file is left out.</summary>
/// <param name="Line">From 1.</param>
internal sealed record RowFault(int Line, string Reason, string Sentence);
