namespace AlignOps.Platform.Storage;

/// <summary>
/// One forward step of a service's tables, run once in order of (service, number) at start under a lock.
/// Times are <c>bigint</c> Unix milliseconds, booleans <c>integer</c>, JSON <c>text</c>: the same on both databases.
/// </summary>
/// <param name="Service">The table prefix, such as <c>intake</c>.</param>
public sealed record Migration(string Service, int Number, string Sql);
