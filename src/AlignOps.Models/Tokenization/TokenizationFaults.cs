namespace AlignOps.Models.Tokenization;

/// <summary>Reason codes of <see cref="TokenizationFault"/>.</summary>
public static class TokenizationFaults
{
    /// <summary>A tokenizer's file is missing, broken, or of a kind that cannot be followed exactly.</summary>
    public const string Files = "tokenizer-files";

    /// <summary>There is no chat template to write a conversation by.</summary>
    public const string NoTemplate = "no-chat-template";

    /// <summary>The chat template is not Jinja, or uses what is outside the subset; the construct and its line are named.</summary>
    public const string Template = "template-outside-subset";

    /// <summary>The template ran into an error, such as a value that is not there.</summary>
    public const string TemplateError = "template-error";

    /// <summary>The template itself refused the conversation; its sentence is given.</summary>
    public const string TemplateRaised = "template-raised";

    /// <summary>The template took more steps, wrote more text or nested deeper than it may.</summary>
    public const string TemplateLimit = "template-limit";

    /// <summary>A message of a role that no template knows.</summary>
    public const string UnknownRole = "unknown-role";

    /// <summary>The template writes the answer's beginning otherwise than it asks for it: what would be trained is not what is served.</summary>
    public const string PromptNotPrefix = "prompt-not-prefix";

    /// <summary>The template ends an answer with no special token: a model trained on it would never stop.</summary>
    public const string NoEndOfTurn = "no-end-of-turn";

    /// <summary>No message of the conversation is an assistant's.</summary>
    public const string NoAnswer = "no-assistant-turn";
}
