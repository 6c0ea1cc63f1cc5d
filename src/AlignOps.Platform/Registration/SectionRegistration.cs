namespace AlignOps.Platform.Registration;

/// <summary>One registered section of pipeline.yaml, found by its record's type.</summary>
public sealed record SectionRegistration(Type Section, Type Service);
