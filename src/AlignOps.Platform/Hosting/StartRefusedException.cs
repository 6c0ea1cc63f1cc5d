namespace AlignOps.Platform.Hosting;

/// <summary>The process cannot start for a reason that a person can mend; the message is the sentence to show.</summary>
public sealed class StartRefusedException(string code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>One of <c>data-folder-in-use</c>, <c>data-folder-read-only</c>, <c>database-unreachable</c>, <c>bus-unreachable</c>, <c>bus-refused</c>, <c>unknown-role</c>, <c>migration-changed</c>, <c>bind-needs-key</c>.</summary>
    public string Code { get; } = code;
}
