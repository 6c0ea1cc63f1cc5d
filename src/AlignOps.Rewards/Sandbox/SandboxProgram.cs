namespace AlignOps.Rewards.Sandbox;

/// <summary>A program to run.</summary>
/// <param name="Interpreter">Full path of the program that reads it, such as <c>/usr/bin/python3</c>.</param>
/// <param name="Arguments">Given to the interpreter. The files are in <see cref="FilesAt"/>.</param>
/// <param name="Files">Name → content; the program can read and not change them.</param>
/// <param name="Input">What it finds on standard input.</param>
public sealed record SandboxProgram(string Interpreter, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Files, string Input = "")
{
    /// <summary>Where the files are, for arguments. The working directory is another one, empty and the program's own.</summary>
    public const string FilesAt = "/job";

    /// <summary>Set beside the few variables that every program has.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
