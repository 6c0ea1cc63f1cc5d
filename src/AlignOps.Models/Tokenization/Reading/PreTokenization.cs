using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization.Reading;

/// <param name="ByteLevel">Whether tokens are spelled in GPT-2's byte alphabet.</param>
/// <param name="Space">What is done to spaces before the text is cut.</param>
internal sealed record PreTokenization(bool ByteLevel, SpacePreparation? Space, IReadOnlyList<ISplitter> Splitters);
