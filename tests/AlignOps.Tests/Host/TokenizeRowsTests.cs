using System.Text.Json.Nodes;
using AlignOps.Host.Commands;
using AlignOps.Models.Tokenization;
using AlignOps.Tests.Models.Tokenization;

namespace AlignOps.Tests.Host;

public sealed class TokenizeRowsTests
{
    private static readonly BpeTokenizer Tokenizer = GoldenTemplates.Load("llama3");

    [Fact]
    public void Line_TextThenItsIds_ComesBack()
    {
        JsonNode encoded = Line("""{"text": "the café <|eot_id|>"}""");
        JsonNode decoded = Line(encoded["ids"]!.ToJsonString(), decode: true);

        Assert.Equal("the café <|eot_id|>", decoded["text"]!.GetValue<string>());
        Assert.Equal(encoded["ids"]!.AsArray().Count, encoded["tokens"]!.AsArray().Count);
        Assert.Equal("th", encoded["tokens"]![0]!.GetValue<string>());
    }

    [Fact]
    public void Line_SpecialAndWrapped_MeansTheTokensAndBeginsOnce()
    {
        JsonNode encoded = Line("<|begin_of_text|>the<|eot_id|>", special: true, wrap: true);

        Assert.Equal(["<|begin_of_text|>", "th", "e", "<|eot_id|>"], encoded["tokens"]!.AsArray().Select(t => t!.GetValue<string>()));
    }

    [Fact]
    public void Line_ConversationWithAnAnswer_ShowsWhatIsTrained()
    {
        JsonNode line = Line("""{"messages": [{"role": "user", "content": "the"}, {"role": "assistant", "content": "cat"}]}""", chat: true);
        int[] trained = [.. line["trained"]!.AsArray().Select(t => t!.GetValue<int>())];
        string[] tokens = [.. line["tokens"]!.AsArray().Select(t => t!.GetValue<string>())];

        Assert.Equal("cat<|eot_id|>", string.Concat(tokens.Where((_, i) => trained[i] == 1)));
        Assert.EndsWith("assistant<|end_header_id|>\n\ncat<|eot_id|>", line["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "moderator", "content": "x"}]}""", "unknown-role")]
    [InlineData("""{"messages": [{"role": "user"}]}""", "row-form")]
    [InlineData("""{"messages": [""", "row-form")]
    [InlineData("7", "row-form")]
    public void Line_RowThatCannotBeFollowed_GivesItsReason(string row, string code)
    {
        (string json, bool done) = new TokenizeRows(Tokenizer, new TokenizeWish(true, false, false, false)).Line(row, 3, isText: false);

        Assert.False(done);
        Assert.Equal((3, code), (JsonNode.Parse(json)!["line"]!.GetValue<int>(), JsonNode.Parse(json)!["code"]!.GetValue<string>()));
    }

    private static JsonNode Line(string row, bool chat = false, bool decode = false, bool special = false, bool wrap = false)
    {
        (string json, bool done) = new TokenizeRows(Tokenizer, new TokenizeWish(chat, decode, special, wrap)).Line(row, 1, isText: false);
        Assert.True(done, json);
        return JsonNode.Parse(json)!;
    }
}
