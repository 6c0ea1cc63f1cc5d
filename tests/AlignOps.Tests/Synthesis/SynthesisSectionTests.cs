using AlignOps.Rewards;
using AlignOps.Synthesis.Definitions;

namespace AlignOps.Tests.Synthesis;

public sealed class SynthesisSectionTests
{
    private static readonly SynthesisPipelineSection Section = new(new VerifierCatalogue([new WordVerifier()]));

    [Theory]
    [InlineData("none", "")]
    [InlineData("sampled", "kind-words")]
    public void Validate_SoundSection_HasNoFault(string method, string verifier) =>
        Assert.Empty(Section.Validate(new SynthesisSection { Method = method, Verifier = verifier }));

    [Fact]
    public void Validate_UnknownMethod_ListsThoseThereAre() =>
        Assert.Contains("none, sampled", Assert.Single(Section.Validate(new SynthesisSection { Method = "evol" })).Sentence);

    [Fact]
    public void Validate_ManyFaults_NamesEachKey()
    {
        var section = new SynthesisSection { Method = "sampled", Samples = 1, Temperature = 0, TopP = 0, MaxPrompts = 0, Verifier = "missing", MinAgreement = 1 };

        Assert.Equal(
            ["synthesis.samples", "synthesis.max_prompts", "synthesis.temperature", "synthesis.top_p", "synthesis.min_agreement", "synthesis.verifier"],
            Section.Validate(section).Select(f => f.Path));
    }
}
