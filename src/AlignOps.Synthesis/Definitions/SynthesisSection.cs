namespace AlignOps.Synthesis.Definitions;

/// <summary>The section <c>synthesis</c> of pipeline.yaml: what is added to people's feedback.</summary>
public sealed record SynthesisSection
{
    public const string None = "none";
    public const string Sampled = "sampled";

    /// <summary><c>sampled</c>: the champion's answers to the feedback's prompts, ranked by a verifier. <c>none</c>: feedback alone.</summary>
    public string Method { get; init; } = None;

    /// <summary>Answers sampled to each prompt.</summary>
    public int Samples { get; init; } = 4;

    /// <summary>Sampling temperature, above 0.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Share of probability that tokens are drawn from.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Most prompts answered, chosen by hash.</summary>
    public int MaxPrompts { get; init; } = 160;

    /// <summary>An answer that reaches it has no end, and is dropped.</summary>
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>Name of the verifier that scores the answers.</summary>
    public string Verifier { get; init; } = "";

    /// <summary>
    /// The verifier may extend feedback only where it agrees with it: the lower bound of its agreement with the people of the batch must be above this.
    /// </summary>
    public double MinAgreement { get; init; } = 0.6;
}
