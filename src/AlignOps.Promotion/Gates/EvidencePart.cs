namespace AlignOps.Promotion.Gates;

/// <summary>A part of the evidence: one value in [0, 1] a unit, 1/2 meaning "like the champion".</summary>
internal sealed record EvidencePart(string Kind, string Name, IReadOnlyList<(string Unit, double Value)> Units);
