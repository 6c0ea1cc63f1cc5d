namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>TRL's preference format, plain or conversational.</summary>
internal sealed record PairEntry(string Prompt, string Chosen, string Rejected, bool Conversational) : Entry
{
    public override byte[] ToLine() => JsonLines.WriteObject(json =>
    {
        if (Conversational)
        {
            json.WriteMessages("prompt", ("user", Prompt));
            json.WriteMessages("chosen", ("assistant", Chosen));
            json.WriteMessages("rejected", ("assistant", Rejected));
        }
        else
        {
            json.WriteString("prompt", Prompt);
            json.WriteString("chosen", Chosen);
            json.WriteString("rejected", Rejected);
        }
    });

    public override Entry Flipped() => this with { Chosen = Rejected, Rejected = Chosen };
}
