namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>A template that cannot be read or run. Caught where a template is loaded or a conversation written, and told as a fault.</summary>
internal sealed class JinjaException(string code, string sentence, int line = 0) : Exception(sentence)
{
    public string Code { get; } = code;

    /// <summary>Counted from 1; 0 where it is not known yet.</summary>
    public int Line { get; } = line;

    public static JinjaException Unsupported(string construct, int line) => new(TokenizationFaults.Template, $"{construct} is outside the subset of Jinja that chat templates may use", line);

    /// <summary>An error while the template runs, of whichever line runs just then.</summary>
    public static JinjaException Error(string sentence) => new(TokenizationFaults.TemplateError, sentence);

    public ChatTemplateException ToRefusal(int current)
    {
        int where = Line > 0 ? Line : current;
        return new ChatTemplateException(Code, Code == TokenizationFaults.TemplateRaised ? $"The chat template says: {Message}" : $"The chat template, line {where}: {Message}.");
    }
}
