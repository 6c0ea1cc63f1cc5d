using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Messaging;

/// <summary>Messages whose handler failed for good.</summary>
public interface IDeadLetters
{
    /// <summary>Puts a dead letter back on its way; false when there is none.</summary>
    Task<bool> RequeueAsync(IUnitOfWork work, string messageId, string service, CancellationToken cancellationToken);
}
