namespace AlignOps.Models.Tokenization;

/// <summary>Why a tokenizer, a template or a conversation cannot be followed.</summary>
/// <param name="Code">One of <see cref="TokenizationFaults"/>.</param>
/// <param name="Sentence">Names the file and key, or the template's construct and line, and what was found.</param>
public sealed record TokenizationFault(string Code, string Sentence);
