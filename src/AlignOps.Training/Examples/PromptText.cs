using AlignOps.Data;

namespace AlignOps.Training.Examples;

/// <summary>Words put into a prompt's last turn, the user's: there every chat template and every client can put them again.</summary>
internal static class PromptText
{
    /// <summary>The prompt with a line before its last turn's text; as it is where the line is empty.</summary>
    public static IReadOnlyList<ChatMessage> Before(IReadOnlyList<ChatMessage> prompt, string line) =>
        line.Length == 0 ? prompt : [.. prompt.SkipLast(1), prompt[^1] with { Content = $"{line}\n{prompt[^1].Content}" }];

    /// <summary>The prompt with a text after its last turn's text; as it is where the text is empty.</summary>
    public static IReadOnlyList<ChatMessage> After(IReadOnlyList<ChatMessage> prompt, string text) =>
        text.Length == 0 ? prompt : [.. prompt.SkipLast(1), prompt[^1] with { Content = $"{prompt[^1].Content}\n{text}" }];
}
