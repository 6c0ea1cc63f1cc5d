namespace AlignOps.Models.Generation;

/// <summary>Hears an answer while it is generated, and may end it.</summary>
public interface ITokenListener
{
    /// <summary>
    /// Called by an engine's worker, one request's tokens in order, each before the next is drawn; the end token is not told. It must neither wait nor throw:
    /// the whole batch would.
    /// </summary>
    /// <returns>False to end the answer with this token, as <see cref="FinishReason.Stop"/>.</returns>
    bool Hear(DrawnToken token);
}
