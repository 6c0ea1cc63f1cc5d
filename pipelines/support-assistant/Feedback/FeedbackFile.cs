namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>A batch as a product team would push it.</summary>
/// <param name="Name">A suggested file name that tells nothing about the content.</param>
/// <param name="Content">JSONL, UTF-8; formats are mixed, a line at a time.</param>
public sealed record FeedbackFile(string Name, byte[] Content);
