namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>A line that no reader should take.</summary>
internal sealed record BrokenEntry(byte[] Line) : Entry
{
    public override byte[] ToLine() => Line;
}
