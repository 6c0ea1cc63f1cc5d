namespace AlignOps.Evaluation.Definition;

/// <summary>One entry of <c>evaluation.code.interpreters</c>.</summary>
public sealed record InterpreterSection
{
    /// <summary>As items name it in expect.code.language.</summary>
    public string Language { get; init; } = "";

    /// <summary>Full path of the program that runs it.</summary>
    public string Path { get; init; } = "";
}
