namespace AlignOps.Intake.Batches;

/// <summary>Why a push was not taken as a whole.</summary>
/// <param name="Status">The HTTP status that says so.</param>
/// <param name="Pipelines">The names there are, where the one that was asked for is unknown.</param>
internal sealed record PushFault(int Status, string Code, string Sentence, IReadOnlyList<string>? Pipelines = null);
