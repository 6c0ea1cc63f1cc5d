namespace AlignOps.Platform.Jobs;

/// <summary>How a handler tells how far it is. Both calls fail the attempt when the lease is lost, so that no stale worker writes.</summary>
public interface IJobProgress
{
    /// <summary>Shows progress; written at most twice a second.</summary>
    /// <param name="fraction">In [0, 1].</param>
    /// <param name="detail">JSON for people and pages: step, loss, tokens per second.</param>
    Task ReportAsync(double fraction, string detail, CancellationToken cancellationToken);

    /// <summary>Saves what the next attempt starts from: small JSON that names blobs.</summary>
    Task CheckpointAsync(string checkpoint, CancellationToken cancellationToken);
}
