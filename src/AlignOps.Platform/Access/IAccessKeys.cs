namespace AlignOps.Platform.Access;

/// <summary>The keys of this deployment. While there is none, only callers on this machine are let in.</summary>
public interface IAccessKeys
{
    /// <summary>Makes a key; it can be read here once and never again. Either the key or the fault is null.</summary>
    Task<(string? Key, AccessFault? Fault)> CreateAsync(string name, AccessRole role, string createdBy, CancellationToken cancellationToken);

    Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Takes a key back; it is refused everywhere within a second.</summary>
    Task<AccessFault?> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether there is any key; known anew within a second.</summary>
    Task<bool> AnyAsync(CancellationToken cancellationToken);

    /// <summary>Whose key this is, or null.</summary>
    Task<AccessKey?> IdentifyAsync(string key, CancellationToken cancellationToken);
}
