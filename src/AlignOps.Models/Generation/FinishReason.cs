namespace AlignOps.Models.Generation;

public enum FinishReason
{
    /// <summary>An end token was drawn, or the listener ended the answer.</summary>
    Stop,

    /// <summary>The limit of new tokens or positions was reached.</summary>
    Length,
}
