namespace AlignOps.Platform.Definitions;

/// <summary>A section as read. The value holds defaults wherever a fault stands.</summary>
internal sealed record SectionBinding(object Value, IReadOnlyList<SectionFault> Faults);
