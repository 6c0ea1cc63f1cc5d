using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Jobs;

/// <summary>What commits together with a job's completion: usually one published event.</summary>
public sealed record JobResult(string Summary, Func<IUnitOfWork, CancellationToken, Task> Commit);
