namespace AlignOps.Platform.Registration;

/// <summary>A service that can be named as a role although it handles no message.</summary>
public sealed record RoleRegistration(string Service);
