namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>A conversation to imitate, as messages.</summary>
internal sealed record DemonstrationEntry(string Prompt, string Answer) : Entry
{
    public override byte[] ToLine() => JsonLines.WriteObject(json => json.WriteMessages("messages", ("user", Prompt), ("assistant", Answer)));
}
