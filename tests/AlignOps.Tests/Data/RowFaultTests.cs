using System.Text;
using AlignOps.Data.Checks;

namespace AlignOps.Tests.Data;

public sealed class RowFaultTests
{
    [Theory]
    [InlineData("""{"query":"q","responses":["a"]""", "malformed-json")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[NaN,1]}""", "malformed-json")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[-Infinity,1]}""", "malformed-json")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":["NaN",1]}""", "score-not-finite")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[null,1]}""", "score-not-finite")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[1e999,1]}""", "score-not-finite")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":["1",1]}""", "wrong-type")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[1]}""", "scores-length")]
    [InlineData("""{"query":"q","responses":["a","b"],"scores":[1,1]}""", "no-preference")]
    [InlineData("""{"query":"q","responses":["a"],"scores":[1]}""", "candidate-count")]
    [InlineData("""{"query":"q","responses":["a","b"]}""", "missing-field")]
    [InlineData("""{"query":"q","responses":[],"scores":[]}""", "no-answer")]
    [InlineData("""{"query":"q","responses":["a","  "],"scores":[2,1]}""", "no-answer")]
    [InlineData("""{"query":"","responses":["a","b"],"scores":[2,1]}""", "empty-prompt")]
    [InlineData("""{"prompt":"q","chosen":"a"}""", "no-answer")]
    [InlineData("""{"prompt":"q","chosen":"a","rejected":null}""", "no-answer")]
    [InlineData("""{"prompt":"q"}""", "no-answer")]
    [InlineData("""{"instruction":"q","output":""}""", "no-answer")]
    [InlineData("""{"prompt":"q","chosen":"a","rejected":"a"}""", "no-preference")]
    [InlineData("""{"prompt":"q","chosen":"a","rejected":[{"role":"assistant","content":"b"}]}""", "unequal-types")]
    [InlineData("""{"prompt":"q","chosen":7,"rejected":"b"}""", "wrong-type")]
    [InlineData("""{"chosen":"Yes","rejected":"No"}""", "no-shared-prompt")]
    [InlineData("""{"chosen":"\n\nHuman: a","rejected":"\n\nHuman: b"}""", "no-shared-prompt")]
    [InlineData("""{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""", "several-turns")]
    [InlineData("""{"prompt":"q","completion":"a"}""", "missing-field")]
    [InlineData("""{"prompt":"q","completion":"a","label":1}""", "wrong-type")]
    [InlineData("""{"prompt":"q","response":"a","critique":" "}""", "no-critique")]
    [InlineData("""{"messages":[{"role":"user","content":"q"}]}""", "no-answer")]
    [InlineData("""{"messages":[]}""", "no-answer")]
    [InlineData("""{"messages":[{"role":"robot","content":"q"},{"role":"assistant","content":"a"}]}""", "unknown-role")]
    [InlineData("""{"messages":[{"role":"system","content":"s"},{"role":"assistant","content":"a"}]}""", "last-turn-not-user")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url"}]},{"role":"assistant","content":"a"}]}""", "wrong-type")]
    [InlineData("""{"kind":"opinion","prompt":"q","candidates":[{"text":"a"}]}""", "unknown-kind")]
    [InlineData("""{"kind":"preference","prompt":"q","candidates":[{"text":"a"},{"text":"b"}]}""", "missing-field")]
    [InlineData("""{"kind":"demonstration","prompt":"q","candidates":[{"text":"a"},{"text":"b"}]}""", "candidate-count")]
    [InlineData("""{"colour":"red"}""", "unknown-format")]
    [InlineData("""{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{}}""", "not-feedback")]
    [InlineData("""{"question_id":101,"answer_id":"x","choices":[{"index":0,"turns":["a"]}]}""", "not-feedback")]
    [InlineData("""{"idx":0,"gpt_result":"1"}""", "not-feedback")]
    [InlineData("""{"message_id":"m","parent_id":null,"text":"q","role":"prompter"}""", "not-feedback")]
    [InlineData("""{"conversations":[{"from":"human","value":"q"}]}""", "no-answer")]
    [InlineData("""{"conversations":[{"from":"tool","value":"q"},{"from":"gpt","value":"a"}]}""", "unknown-role")]
    [InlineData("""{"instruction":"q","output":"a","label":false,"critique":7}""", "wrong-type")]
    [InlineData("""{"instruction":"q","completions":[{"response":"a","annotations":{}},{"response":"b","annotations":{}}]}""", "no-answer")]
    [InlineData("""{"prompt":"q","response":"a","helpfulness":3,"correctness":2,"coherence":1,"verbosity":"x"}""", "wrong-type")]
    [InlineData("""{"instruction":"q","response1":"a","response2":"b","annotator1":1,"annotator2":2,"annotator3":0}""", "no-preference")]
    [InlineData("""{"instruction":"q","response1":"a","response2":"b","annotator1":3}""", "wrong-type")]
    [InlineData("""{"instruction":"q","outputs":[{"output":"a","feedback":""}]}""", "no-critique")]
    [InlineData("""{"message_tree_id":"t","prompt":{"text":"q","role":"prompter","replies":[]}}""", "no-answer")]
    [InlineData("""{"message_tree_id":"t","prompt":{"text":"q","role":"prompter","review_result":false,"replies":[{"text":"a","role":"assistant"}]}}""", "marked-as-spam")]
    [InlineData("""{"message_tree_id":"t","prompt":{"text":"q","role":"prompter","replies":[{"role":"assistant"}]}}""", "missing-field")]
    [InlineData("""{"instruction":"q","instances":[]}""", "no-answer")]
    [InlineData("""{"turns":[]}""", "empty-prompt")]
    [InlineData("""{"input":{},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}""", "empty-prompt")]
    [InlineData("[1,2]", "not-an-object")]
    [InlineData("42", "not-an-object")]
    [InlineData("""{"prompt":"q","prompt":"r","chosen":"a","rejected":"b"}""", "duplicate-key")]
    [InlineData("""{"prompt":"q","chosen":"\ud83d","rejected":"b"}""", "invalid-unicode")]
    public async Task Read_RowThatTeachesNothing_IsRejectedWithItsReason(string line, string reason)
    {
        var outcome = await Read.Row(line);

        Assert.Equal((RowVerdict.Rejected, reason), (outcome.Verdict, outcome.Fault?.Reason));
        Assert.Null(outcome.Row);
        Assert.Equal(line, outcome.Snippet);
        Assert.EndsWith(".", outcome.Fault!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prompt":"q","chosen":"a\n\nHuman: and now?","rejected":"b"}""", "role-marker")]
    [InlineData("""{"prompt":"q","chosen":"a","rejected":"b<|im_start|>system"}""", "role-marker")]
    [InlineData("""{"prompt":"q","response":"a","critique":"[INST] obey"}""", "role-marker")]
    [InlineData("""{"prompt":"q","chosen":"a\u0000","rejected":"b"}""", "control-character")]
    [InlineData("""{"prompt":"q\u001b[2J","chosen":"a","rejected":"b"}""", "control-character")]
    [InlineData("""{"query":"q","responses":["a","a","b"],"scores":[2,1,0]}""", "contradiction")]
    public async Task Read_SuspiciousRow_IsQuarantinedWithItsContent(string line, string reason)
    {
        var outcome = await Read.Row(line);

        Assert.Equal((RowVerdict.Quarantined, reason), (outcome.Verdict, outcome.Fault?.Reason));
        Assert.NotNull(outcome.Row);
    }

    [Theory]
    [InlineData("""{"prompt":"q","chosen":"if (a <| b |> c) use [x] or <html>","rejected":"b"}""")]
    [InlineData("""{"prompt":"q","chosen":"The Human: a history\n\tTabs and lines are text.","rejected":"b"}""")]
    [InlineData("""{"prompt":"What does <|im_end|> mean?","chosen":"It ends a turn.","rejected":"b"}""")]
    public async Task Read_HarmlessLookalikes_AreAccepted(string line) => Assert.Equal(RowVerdict.Accepted, (await Read.Row(line)).Verdict);

    [Fact]
    public async Task Read_MalformedJson_SentenceSaysWhere()
    {
        var outcomes = await Read.Batch("""
            {"prompt":"q","chosen":"a","rejected":"b"}
            {"prompt":"q","chosen":oops}
            """);

        Assert.Equal(2, outcomes[1].Line);
        Assert.StartsWith("Malformed JSON at byte 24: ", outcomes[1].Fault!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_InvalidUtf8_IsRejectedAloneAndItsNeighboursStand()
    {
        byte[] bytes = [.. "{\"instruction\":\"q\",\"output\":\"a\"}\n{\"instruction\":\"q\",\"output\":\""u8, 0xC3, 0x28, .. "\"}\n{\"instruction\":\"q\",\"output\":\"b\"}"u8];

        var outcomes = await Read.Batch(bytes);

        Assert.Equal([null, RowReasons.InvalidUtf8, null], outcomes.Select(o => o.Fault?.Reason));
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(33, RowReasons.TooDeep)]
    [InlineData(100_000, RowReasons.TooDeep)]
    public async Task Read_DeepNesting_HasALimit(int depth, string? reason)
    {
        var line = $$"""{"instruction":"q","output":"a","extra":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        Assert.Equal(reason, (await Read.Row(line)).Fault?.Reason);
    }

    [Fact]
    public async Task Read_TextsAndListsOverTheirLimits_AreRejected()
    {
        var limits = new RowLimits { TextLength = 10, Candidates = 3, Turns = 2 };
        var outcomes = await Read.Batch(
            """
            {"instruction":"q","output":"12345678901"}
            {"query":"q","responses":["a","b","c","d"],"scores":[1,2,3,4]}
            {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}
            """,
            limits: limits);

        Assert.Equal([RowReasons.TextTooLong, RowReasons.TooManyCandidates, RowReasons.TooManyTurns], outcomes.Select(o => o.Fault?.Reason));
    }

    [Fact]
    public async Task Read_RejectedRow_SnippetIsBoundedAndHasNoNul()
    {
        var outcome = Assert.Single(await Read.Batch(Encoding.UTF8.GetBytes("{\"x\":\"\0" + new string('é', 4000))));

        Assert.InRange(outcome.Snippet!.Length, 1, 2048);
        Assert.DoesNotContain('\0', outcome.Snippet!);
    }
}
