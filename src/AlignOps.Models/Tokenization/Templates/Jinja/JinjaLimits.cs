namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>What a template may use up: templates come with models that anybody uploads.</summary>
internal sealed record JinjaLimits
{
    public static JinjaLimits Default { get; } = new();

    /// <summary>Characters of the template itself.</summary>
    public int TemplateLength { get; init; } = 1 << 20;

    /// <summary>Nodes evaluated; work on long texts counts by their length.</summary>
    public long Steps { get; init; } = 20_000_000;

    /// <summary>Characters of any text made on the way, the conversation as written included.</summary>
    public int TextLength { get; init; } = 1 << 24;

    /// <summary>Blocks and brackets inside each other, and macros that call macros.</summary>
    public int Depth { get; init; } = 100;
}
