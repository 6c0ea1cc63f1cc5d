namespace AlignOps.Evaluation.Suites;

/// <summary>A suite file as read: its items in file order, or its faults.</summary>
/// <param name="Digest">SHA-256 of the file's bytes.</param>
internal sealed record SuiteReading(string Digest, IReadOnlyList<SuiteItem> Items, IReadOnlyList<SuiteFault> Faults);
