namespace AlignOps.Models.Generation;

public enum FinishReason
{
    /// <summary>An end token was drawn.</summary>
    Stop,

    /// <summary>The limit of new tokens or positions was reached.</summary>
    Length,
}
