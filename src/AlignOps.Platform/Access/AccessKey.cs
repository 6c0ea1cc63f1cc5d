namespace AlignOps.Platform.Access;

/// <summary>A key as it is listed: who it names and what it may do, never the key.</summary>
public sealed record AccessKey(string Name, AccessRole Role, string CreatedBy, DateTimeOffset CreatedAt);
