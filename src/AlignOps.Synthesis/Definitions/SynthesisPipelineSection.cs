using System.Globalization;
using AlignOps.Platform.Definitions;
using AlignOps.Rewards;

namespace AlignOps.Synthesis.Definitions;

/// <summary>Reads and checks <c>synthesis</c>.</summary>
internal sealed class SynthesisPipelineSection(VerifierCatalogue verifiers) : IPipelineSection<SynthesisSection>
{
    public string Key => "synthesis";

    public IEnumerable<SectionFault> Validate(SynthesisSection section) => section.Method switch
    {
        SynthesisSection.None => [],
        SynthesisSection.Sampled =>
        [
            .. AtLeast("samples", section.Samples, 2),
            .. AtLeast("max_prompts", section.MaxPrompts, 1),
            .. AtLeast("max_new_tokens", section.MaxNewTokens, 1),
            .. Within("temperature", section.Temperature, value => value > 0 && double.IsFinite(value), "above 0, as greedy answers are all the same"),
            .. Within("top_p", section.TopP, value => value is > 0 and <= 1, "above 0 and at most 1"),
            .. Within("min_agreement", section.MinAgreement, value => value is >= 0 and < 1, "from 0 up to but not 1, such as 0.6"),
            .. Known(section.Verifier),
        ],
        _ => [Fault("method", $"is '{section.Method}'; it must be one of {SynthesisSection.None}, {SynthesisSection.Sampled}.")],
    };

    private IEnumerable<SectionFault> Known(string verifier) => verifiers.Find(verifier) is not null
        ? []
        : [Fault("verifier", $"is '{verifier}'; it must be one of {string.Join(", ", verifiers.Names.Order(StringComparer.Ordinal))}.")];

    private static IEnumerable<SectionFault> AtLeast(string key, int value, int least) =>
        value >= least ? [] : [Fault(key, $"is {value}; it must be at least {least}.")];

    private static IEnumerable<SectionFault> Within(string key, double value, Func<double, bool> sound, string expected) =>
        sound(value) ? [] : [Fault(key, $"is {value.ToString(CultureInfo.InvariantCulture)}; it must be {expected}.")];

    private static SectionFault Fault(string key, string sentence) => new($"synthesis.{key}", $"synthesis.{key} {sentence}");
}
