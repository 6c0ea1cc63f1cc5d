using AlignOps.Rewards.Code;
using AlignOps.Rewards.Expectations;
using AlignOps.Rewards.Instructions;
using AlignOps.Rewards.Sandbox.Linux;
using AlignOps.Rewards.Texts;

namespace AlignOps.Rewards;

/// <summary>Verifiers that know nothing of a product: they check what a suite item's <c>expect</c> object says. Every <see cref="VerifierCatalogue"/> has them.</summary>
public static class GenericVerifiers
{
    private static readonly (string Name, IExpectation Expectation)[] Simple =
    [
        ("exact-match", new ExactText()), ("contains", new ContainedText()), ("forbids", new ForbiddenText()), ("numeric", new Number()), ("regex", new Pattern()), ("json", new WellFormedJson()),
        ("json-schema", new JsonOfSchema()), ("max-length", new LengthLimit()), ("words", new WordCount()), ("language", new WrittenIn()),
    ];

    /// <summary>
    /// <c>exact-match</c> (expect.text), <c>contains</c> (expect.contains), <c>forbids</c> (expect.forbids), <c>numeric</c> (expect.number), <c>regex</c> (expect.pattern),
    /// <c>json</c> (expect.json), <c>json-schema</c> (expect.schema), <c>max-length</c> (expect.maxCharacters), <c>words</c> (expect.words), <c>language</c> (expect.language);
    /// <c>expect</c>, which checks all of these that an item has; <c>supported</c> (expect.context); <c>instructions</c> (expect.instructions); and <c>code</c> (expect.code), which runs the answer in a sandbox.
    /// </summary>
    public static IReadOnlyList<IVerifier> All { get; } =
    [
        .. Simple.Select(one => new ExpectationVerifier(one.Name, one.Expectation)),
        new ExpectationVerifier("expect", [.. Simple.Select(one => one.Expectation)]),
        new SupportedClaim(),
        new InstructionVerifier(),
        new CodeVerifier(LinuxSandbox.Shared, CodeSettings.Default),
    ];
}
