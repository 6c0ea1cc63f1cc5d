namespace AlignOps.Models.Tokenization.Splitting;

internal enum PrependScheme
{
    Never,

    /// <summary>Only the stretch with which the text begins.</summary>
    First,

    /// <summary>Every stretch between added tokens.</summary>
    Always,
}
