namespace AlignOps.Serving.Chat.Wire;

/// <summary>What a completion and all of its chunks have in common.</summary>
/// <param name="Id">The inference id of the first choice; the others' are <see cref="InferenceId"/>.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Model">The version that answers.</param>
/// <param name="SystemFingerprint">Equal for equal weights.</param>
internal sealed record ChatHeader(string Id, long Created, string Model, string SystemFingerprint)
{
    /// <summary>The response header with the inference ids of all choices, in order.</summary>
    public const string InferenceHeader = "X-Inference-Id";

    /// <summary>What feedback on one choice names.</summary>
    public string InferenceId(int choice) => choice == 0 ? Id : $"{Id}-{choice}";
}
