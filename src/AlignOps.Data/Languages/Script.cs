namespace AlignOps.Data.Languages;

/// <summary>Scripts by which a language can be told, or its family.</summary>
internal enum Script
{
    Other,
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Thai,
    Georgian,
    Armenian,
    Hangul,
    Kana,
    Han,
}
