namespace AlignOps.Models.Policies;

/// <summary>A model file that is missing, truncated or contradicts its config. The message names the file, the tensor or key, what was found and what was expected.</summary>
public sealed class ModelFormatException : Exception
{
    public ModelFormatException(string message) : base(message) { }
    public ModelFormatException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The code of a fault that has none of its own.</summary>
    public const string General = "model-format";

    /// <summary>The code where there is no directory at all.</summary>
    public const string Missing = "model-missing";

    /// <summary>The reason code to report.</summary>
    public string Reason { get; init; } = General;
}
