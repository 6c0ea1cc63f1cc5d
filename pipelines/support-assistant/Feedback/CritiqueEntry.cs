namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>An answer with what someone wrote about it.</summary>
internal sealed record CritiqueEntry(string Prompt, string Answer, string Critique) : Entry
{
    public override byte[] ToLine() => JsonLines.WriteObject(json =>
    {
        json.WriteString("prompt", Prompt);
        json.WriteString("response", Answer);
        json.WriteString("critique", Critique);
    });
}
