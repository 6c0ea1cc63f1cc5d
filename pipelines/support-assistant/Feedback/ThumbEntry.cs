namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>A thumb up or down, in TRL's unpaired format.</summary>
internal sealed record ThumbEntry(string Prompt, string Answer, bool Up) : Entry
{
    public override byte[] ToLine() => JsonLines.WriteObject(json =>
    {
        json.WriteString("prompt", Prompt);
        json.WriteString("completion", Answer);
        json.WriteBoolean("label", Up);
    });

    public override Entry Flipped() => this with { Up = !Up };
}
