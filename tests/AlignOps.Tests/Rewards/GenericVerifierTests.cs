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
    [InlineData("forbids", """{"forbids": ["guarantee", "always"]}""", "We cannot promise it.", 1)]
    [InlineData("forbids", """{"forbids": "Guarantee"}""", "It is guaranteed.", 0)]
    [InlineData("numeric", """{"number": 1234.5}""", "First 3, then 1,234.5 in all.", 1)]
    [InlineData("numeric", """{"number": -7}""", "It is −7", 1)]
    [InlineData("numeric", """{"number": 42}""", "42, or rather 41", 0)]
    [InlineData("numeric", """{"number": {"value": 3.14159, "within": 0.01}}""", "about 3.14", 1)]
    [InlineData("numeric", """{"number": {"value": 3.14159, "within": 0.001}}""", "about 3.14", 0)]
    [InlineData("numeric", """{"number": 6.02e23}""", "6.02e23", 1)]
    [InlineData("numeric", """{"number": 42}""", "no idea", 0)]
    [InlineData("words", """{"words": {"min": 2, "max": 3}}""", "one two three", 1)]
    [InlineData("words", """{"words": {"max": 3}}""", "one two three four", 0)]
    [InlineData("language", """{"language": ["de", "fr"]}""", "Das ist nicht der Weg und auch nicht das Ziel.", 1)]
    [InlineData("language", """{"language": "de"}""", "This is not the way and not the aim.", 0)]
    [InlineData("json-schema", """{"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}, "additionalProperties": false}}""", "{\"a\": 2}", 1)]
    [InlineData("json-schema", """{"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}, "additionalProperties": false}}""", "{\"a\": 0}", 0)]
    [InlineData("json-schema", """{"schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "minimum": 1}}, "additionalProperties": false}}""", "{\"a\": 2, \"b\": 1}", 0)]
    [InlineData("json-schema", """{"schema": {"type": "object"}}""", "{\"a\": 1, \"a\": 2}", 0)]
    [InlineData("json-schema", """{"schema": {"$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}, "maxItems": 2}}, "$ref": "#/$defs/tree"}}""", "[[], [[]]]", 1)]
    [InlineData("json-schema", """{"schema": {"$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}, "maxItems": 2}}, "$ref": "#/$defs/tree"}}""", "[[], [1]]", 0)]
    [InlineData("json-schema", """{"schema": {"oneOf": [{"type": "number"}, {"const": 3}], "not": {"enum": [4]}}}""", "5", 1)]
    [InlineData("json-schema", """{"schema": {"oneOf": [{"type": "number"}, {"const": 3}]}}""", "3", 0)]
    [InlineData("json-schema", """{"schema": {"type": ["string", "null"], "pattern": "^(a+)+$", "maxLength": 4}}""", "\"aaa\"", 1)]
    [InlineData("json-schema", """{"schema": {"prefixItems": [{"type": "string"}], "items": {"multipleOf": 0.1}, "uniqueItems": true}}""", "[\"a\", 0.3, 0.7]", 1)]
    [InlineData("json-schema", """{"schema": {"prefixItems": [{"type": "string"}], "items": {"multipleOf": 0.1}, "uniqueItems": true}}""", "[\"a\", 0.3, 0.3]", 0)]
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
    [InlineData("numeric", """{"number": "42"}""")]
    [InlineData("numeric", """{"number": {"value": 1, "within": -1}}""")]
    [InlineData("words", """{"words": {"min": 3, "max": 2}}""")]
    [InlineData("words", """{"words": {"about": 2}}""")]
    [InlineData("forbids", """{"forbids": ""}""")]
    [InlineData("language", """{"language": "german"}""")]
    [InlineData("json-schema", """{"schema": {"tpye": "object"}}""")]
    [InlineData("json-schema", """{"schema": {"type": "objekt"}}""")]
    [InlineData("json-schema", """{"schema": {"$ref": "#/$defs/none"}}""")]
    [InlineData("json-schema", """{"schema": {"properties": {"a": {"pattern": "(a)\\1"}}}}""")]
    [InlineData("code", """{"code": {}}""")]
    [InlineData("code", """{"code": {"tests": [{"stdin": "1"}]}}""")]
    [InlineData("code", """{"code": {"language": "cobol", "tests": [{"stdout": "1"}]}}""")]
    [InlineData("instructions", """{"instructions": []}""")]
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
