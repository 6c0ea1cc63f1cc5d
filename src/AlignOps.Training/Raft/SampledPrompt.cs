namespace AlignOps.Training.Raft;

/// <summary>A prompt of a round and the answers to it.</summary>
/// <param name="RowId">The first row that asks it.</param>
/// <param name="Prompt">Token ids, template applied.</param>
internal sealed record SampledPrompt(string RowId, int[] Prompt, IReadOnlyList<SampledAnswer> Answers);
