using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards;
using AlignOps.Rewards.Instructions;

namespace AlignOps.Tests.Rewards.Instructions;

public sealed class InstructionTests
{
    [Fact]
    public void Check_OfSixHundredRows_IsLmEvaluationHarness()
    {
        var golden = InstructionGolden.Read();
        Assert.Equal(600, golden.Rows.Count);
        Assert.Empty(golden.Differences());
    }

    [Theory]
    [InlineData("length_constraints:number_sentences", """{"relation": "at least", "num_sentences": 3}""", "One. Two! Three?", true)]
    [InlineData("length_constraints:number_sentences", """{"relation": "at least", "num_sentences": 3}""", "Mr. J. Smith paid 3.5 EUR to Dr. Who. Then he left.", false)]
    [InlineData("length_constraints:number_sentences", """{"relation": "less than", "num_sentences": 2}""", "No end mark", true)]
    [InlineData("change_case:capital_word_frequency", """{"capital_relation": "at least", "capital_frequency": 2}""", "WELL-KNOWN and OK, 42", true)]
    [InlineData("change_case:capital_word_frequency", """{"capital_relation": "less than", "capital_frequency": 1}""", "none Here 7", true)]
    [InlineData("language:response_language", """{"language": "de"}""", "Das ist nicht der Weg, den wir mit dir gehen.", true)]
    [InlineData("language:response_language", """{"language": "de"}""", "This is not the way that we go with you.", false)]
    [InlineData("language:response_language", """{"language": "hi"}""", "यह एक अच्छा दिन है और मैं घर में हूँ।", true)]
    [InlineData("length_constraints:number_words", """{"relation": "at least", "num_words": 3}""", "a b", false)]
    public void Check_OfAKind_DoesWhatItSays(string id, string arguments, string answer, bool followed)
    {
        Assert.Equal([followed], InstructionFollowing.Strict(Read(id, arguments), answer));
    }

    [Fact]
    public void Loose_ForgivesAPrefaceAFarewellAndAsterisks()
    {
        var ends = Read("startend:end_checker", """{"end_phrase": "The end."}""");
        Assert.Equal([false], InstructionFollowing.Strict(ends, "**The end.**\nHope it helps!"));
        Assert.Equal([true], InstructionFollowing.Loose(ends, "**The end.**\nHope it helps!"));
        Assert.Equal([false], InstructionFollowing.Loose(ends, ""));
    }

    [Theory]
    [InlineData("""[]""", "at least one")]
    [InlineData("""[{"id": "startend:rhyme"}]""", "none that can be checked")]
    [InlineData("""[{"id": "length_constraints:number_words", "num_words": 5}]""", "lacks an argument")]
    [InlineData("""[{"id": "length_constraints:number_words", "num_words": -5, "relation": "at least"}]""", "lacks an argument")]
    [InlineData("""[{"id": "keywords:letter_frequency", "letter": "é", "let_frequency": 1, "let_relation": "at least"}]""", "lacks an argument")]
    [InlineData("""{"id": "punctuation:no_comma"}""", "a list")]
    public void Read_OfInstructionsThatMakeNoSense_SaysSo(string instructions, string sentence)
    {
        Assert.Contains(sentence, InstructionFollowing.Read(Json(instructions)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Verifier_GivesTheShareAndEachCheck()
    {
        var verifier = new VerifierCatalogue([]).Find("instructions")!;
        var expect = Json("""{"instructions": [{"id": "punctuation:no_comma"}, {"id": "keywords:existence", "keywords": ["a"]}, {"id": "keywords:existence", "keywords": ["b"]}]}""");
        var found = verifier.Verify([new ChatMessage("user", "?")], "A word, and no second letter", expect);
        Assert.Equal(1.0 / 3, found.Score);
        Assert.False(found.Passes);
        Assert.Equal([("keywords:existence", true), ("keywords:existence 2", false), ("punctuation:no_comma", false)], found.Checks.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value)));
        Assert.Null(verifier.Verify([], "a", Json("""{"instructions": [{"id": "?"}]}""")).Score);
    }

    [Fact]
    public void Keywords_AreNoPatterns_AndNoAnswerMakesThemSlow()
    {
        var instructions = Read("keywords:existence", """{"keywords": ["C++ (or (a+)+)"]}""");
        Assert.Equal([true], InstructionFollowing.Strict(instructions, "I use c++ (or (A+)+)."));
        Assert.Equal([false], InstructionFollowing.Strict(Read("detectable_format:number_highlighted_sections", """{"num_highlights": 1}"""), new string('*', 20_000)));
    }

    private static IReadOnlyList<Instruction> Read(string id, string arguments)
    {
        var (instructions, fault) = InstructionFollowing.Read(Json($"[\"{id}\"]"), Json($"[{arguments}]"));
        Assert.Null(fault);
        return instructions;
    }

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}
