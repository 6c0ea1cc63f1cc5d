namespace AlignOps.Models.Tokenization.Bpe;

/// <summary>A vocabulary with its merges: one piece of text becomes tokens.</summary>
internal interface IWordModel
{
    /// <summary>One more than the largest id of the vocabulary.</summary>
    int VocabularySize { get; }

    int[] Encode(ReadOnlySpan<char> word);

    /// <summary>A token as the vocabulary spells it; null for ids that no token has.</summary>
    string? Spelling(int id);
}
