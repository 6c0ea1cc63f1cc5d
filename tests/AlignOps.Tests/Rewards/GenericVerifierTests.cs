using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards;

namespace AlignOps.Tests.Rewards;

public sealed class GenericVerifierTests
{
    private static readonly ChatMessage[] Prompt = [new("user", "?")];

    [Theory]
    [InlineData("exact-match", """{"text": "42"}""", " 42\n", 1)]
    [InlineData("exact-match", """{"text": "42"}""", "42.", 0)]
    [InlineData("exact-match", """{"text": ["42", "forty-two"]}""", "forty-two", 1)]
    [InlineData("contains", """{"contains": "eur 12"}""", "It costs EUR 12 a month.", 1)]
    [InlineData("contains", """{"contains": ["EUR", "13"]}""", "It costs EUR 12 a month.", 0)]
    [InlineData("regex", """{"pattern": "^\\d{2}$"}""", "42", 1)]
    [InlineData("regex", """{"pattern": "^\\d{2}$"}""", "4", 0)]
    [InlineData("json", """{"json": true}""", "{\"a\": 1}", 1)]
    [InlineData("json", """{"json": true}""", "{\"a\": 1", 0)]
    [InlineData("json", """{"json": ["a"]}""", "{\"a\": 1}", 1)]
    [InlineData("json", """{"json": ["a", "b"]}""", "{\"a\": 1}", 0)]
    [InlineData("json", """{"json": ["a"]}""", "[1]", 0)]
    [InlineData("max-length", """{"maxCharacters": 5}""", "short", 1)]
    [InlineData("max-length", """{"maxCharacters": 5}""", "longer", 0)]
    [InlineData("max-length", """{"maxCharacters": 5}""", " ", 0)]
    [InlineData("expect", """{"contains": "a", "maxCharacters": 3, "other": 1}""", "abcdef", 0.5)]
    public void Verify_AnExpectation_GivesTheShareThatIsMet(string name, string expect, string answer, double score)
    {
        var found = Find(name).Verify(Prompt, answer, Json(expect));
        Assert.Equal(score, found.Score);
        Assert.Equal(score == 1, found.Passes);
    }

    [Theory]
    [InlineData("exact-match", """{"contains": "a"}""")]
    [InlineData("exact-match", """{"text": 42}""")]
    [InlineData("exact-match", """{"text": []}""")]
    [InlineData("regex", """{"pattern": "("}""")]
    [InlineData("regex", """{"pattern": "(a)\\1"}""")]
    [InlineData("max-length", """{"maxCharacters": -1}""")]
    [InlineData("json", """{"json": 1}""")]
    [InlineData("expect", "{}")]
    public void Verify_AnExpectationThatCannotBeChecked_IsUnscoredWithAReason(string name, string expect)
    {
        var found = Find(name).Verify(Prompt, "a", Json(expect));
        Assert.Null(found.Score);
        Assert.False(string.IsNullOrEmpty(found.UnscoredReason));
    }

    [Fact]
    public void Verify_WithoutExpect_IsUnscored()
    {
        Assert.All(GenericVerifiers.All, verifier => Assert.Null(verifier.Verify(Prompt, "a").Score));
    }

    [Fact]
    public void Verify_APatternThatBacktracks_IsQuick()
    {
        // (a+)+b takes 2^n steps with backtracking; a test that hangs is the failure.
        Assert.Equal(0, Find("regex").Verify(Prompt, new string('a', 20_000), Json("""{"pattern": "^(a+)+b$"}""")).Score);
    }

    [Fact]
    public void All_Verifiers_HaveNamesAndDigestsOfTheirOwn()
    {
        Assert.Equal(GenericVerifiers.All.Count, GenericVerifiers.All.Select(v => v.Name).Distinct().Count());
        Assert.Equal(GenericVerifiers.All.Count, GenericVerifiers.All.Select(v => v.Digest).Distinct().Count());
    }

    [Fact]
    public void Catalogue_FindsGenericAndRegisteredVerifiers()
    {
        var catalogue = new VerifierCatalogue([]);
        Assert.NotNull(catalogue.Find("exact-match"));
        Assert.Null(catalogue.Find("Exact-Match"));
    }

    private static IVerifier Find(string name) => GenericVerifiers.All.Single(verifier => verifier.Name == name);

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
