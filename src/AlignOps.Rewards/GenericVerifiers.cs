using AlignOps.Rewards.Expectations;
using AlignOps.Rewards.Texts;

namespace AlignOps.Rewards;

/// <summary>Verifiers that know nothing of a product: they check what a suite item's <c>expect</c> object says. Every <see cref="VerifierCatalogue"/> has them.</summary>
public static class GenericVerifiers
{
    /// <summary>
    /// <c>exact-match</c> (expect.text), <c>contains</c> (expect.contains), <c>regex</c> (expect.pattern), <c>json</c> (expect.json),
    /// <c>max-length</c> (expect.maxCharacters), <c>supported</c> (expect.context), and <c>expect</c>, which checks all of these but supported that an item has.
    /// </summary>
    public static IReadOnlyList<IVerifier> All { get; } =
    [
        new ExpectationVerifier("exact-match", new ExactText()),
        new ExpectationVerifier("contains", new ContainedText()),
        new ExpectationVerifier("regex", new Pattern()),
        new ExpectationVerifier("json", new WellFormedJson()),
        new ExpectationVerifier("max-length", new LengthLimit()),
        new SupportedClaim(),
        new ExpectationVerifier("expect", new ExactText(), new ContainedText(), new Pattern(), new WellFormedJson(), new LengthLimit()),
    ];
}
