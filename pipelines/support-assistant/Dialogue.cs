namespace AlignOps.Examples.SupportAssistant;

/// <summary>One question and one answer of the corpus that the base is pre-trained on.</summary>
public sealed record Dialogue(string Prompt, string Answer);
