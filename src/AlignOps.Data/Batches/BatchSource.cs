namespace AlignOps.Data.Batches;

/// <summary>Whose rows are read.</summary>
/// <param name="PushedBy">The name of the key that pushed them.</param>
/// <param name="Format">The one format to read every row as, or null to go by each row's keys.</param>
public sealed record BatchSource(string BatchId, string PushedBy, string? Format = null);
