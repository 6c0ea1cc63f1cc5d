namespace AlignOps.Platform.Definitions;

/// <summary>A pipeline and its definition as it stands now; a run keeps the digest that it started with.</summary>
public sealed record KnownPipeline(string Name, string DefinitionDigest);
