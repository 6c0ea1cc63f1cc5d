using System.Text.Json.Nodes;
using AlignOps.Data;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models.Tokenization;

public sealed class ConversationTests
{
    private static readonly ChatMessage[] TwoTurns = [new("user", "the cat"), new("assistant", "sat"), new("user", "why?"), new("assistant", "it's 10")];

    public static TheoryData<string> Templates => [.. GoldenTemplates.Names];

    [Theory]
    [MemberData(nameof(Templates))]
    public void EncodeConversation_EveryTemplate_TrainsWholeTurnsBehindTheirPrompts(string name)
    {
        BpeTokenizer tokenizer = GoldenTemplates.Load(name);
        ChatMessage[][] chats = GoldenTemplates.Chats;
        int encoded = 0;
        foreach (JsonNode expected in GoldenTemplates.Template(name)["cases"]!.AsArray().Select(c => c!).Where(c => !c["generate"]!.GetValue<bool>() && c["ids"] is not null))
        {
            ChatMessage[] chat = chats[expected["chat"]!.GetValue<int>()];
            ConversationTokens whole = tokenizer.EncodeConversation(chat);
            if (whole.Fault is not null)
            {
                Assert.Empty(whole.Tokens);
                Assert.Empty(whole.Trained);
                continue;
            }

            encoded++;
            int[] answers = [.. Enumerable.Range(0, chat.Length).Where(i => chat[i].Role == "assistant")];
            Assert.Equal(answers.Length, whole.Turns.Count);
            Assert.Equal(whole.Tokens, expected["ids"]!.AsArray().Select(id => id!.GetValue<int>()).Take(whole.Tokens.Length));
            for (int turn = 0; turn < answers.Length; turn++)
            {
                TokenSpan span = whole.Turns[turn];
                Assert.Equal(tokenizer.EncodePrompt(chat[..answers[turn]]), whole.Tokens[..span.Start]);
                Assert.Equal(tokenizer.EndOfTurnToken, whole.Tokens[span.End - 1]);
                Assert.All(whole.Trained[span.Start..span.End], Assert.True);
            }

            Assert.Equal(whole.Turns.Sum(t => t.Length), whole.Trained.Count(t => t));
            Assert.Equal(whole.Turns[^1].End, whole.Tokens.Length);
        }

        Assert.InRange(encoded, 4, chats.Length);
    }

    [Fact]
    public void EncodeConversation_GenerationBlocks_TrainsWhatTransformersMarks()
    {
        BpeTokenizer tokenizer = GoldenTemplates.Load("generation");
        ChatMessage[][] chats = GoldenTemplates.Chats;
        int compared = 0;
        foreach (JsonNode expected in GoldenTemplates.Template("generation")["cases"]!.AsArray().Select(c => c!).Where(c => c["spans"] is JsonArray { Count: > 0 }))
        {
            ConversationTokens whole = tokenizer.EncodeConversation(chats[expected["chat"]!.GetValue<int>()]);
            string text = string.Concat(expected["text"]!.GetValue<string>().EnumerateRunes().Select(r => r.Utf16SequenceLength == 2 ? "\uE000" : r.ToString()));
            if (whole.Fault is null)
            {
                string[] marked = [.. expected["spans"]!.AsArray().Select(s => text[s![0]!.GetValue<int>()..s[1]!.GetValue<int>()])];
                Assert.Equal(
                    marked.Select(m => m.Normalize().Length),
                    whole.Turns.Select(t => string.Concat(tokenizer.DecodeAll(whole.Tokens.AsSpan(t.Start, t.Length)).EnumerateRunes().Select(r => r.Utf16SequenceLength == 2 ? "\uE000" : r.ToString())).Length));
                compared++;
            }
        }

        Assert.InRange(compared, 8, chats.Length);
    }

    [Fact]
    public void Trap_ModelNeverStops_EndOfTurnIsTrainedEvenWhereItIsThePadding()
    {
        // zephyr pads with </s>, which ends its answers.
        BpeTokenizer tokenizer = GoldenTemplates.Load("zephyr");
        ConversationTokens whole = tokenizer.EncodeConversation(TwoTurns);

        Assert.Equal("</s>", tokenizer.Spelling(tokenizer.EndOfTurnToken));
        Assert.Null(tokenizer.PaddingToken);
        Assert.All(whole.Turns, turn => Assert.Equal(tokenizer.EndOfTurnToken, whole.Tokens[turn.End - 1]));
        Assert.Equal(2, whole.Tokens.Where((id, i) => id == tokenizer.EndOfTurnToken && whole.Trained[i]).Count());
        Assert.Equal(tokenizer.EndOfTurnToken, tokenizer.EncodeAnswer("sat")[^1]);
    }

    [Fact]
    public void Trap_ModelNeverStops_TemplateWithoutAnEndIsRefused()
    {
        const string Jinja = "{% for message in messages %}{{ message.role + ': ' + message.content + '\n' }}{% endfor %}";

        var refused = Assert.Throws<AlignOps.Models.Policies.ModelFormatException>(() => GoldenFamilies.Load("qwen", template: Jinja));

        Assert.Contains("would not stop", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama2")]
    [InlineData("mistral")]
    [InlineData("llama3")]
    [InlineData("dated")]
    public void Trap_DoubleBeginning_AConversationBeginsOnce(string name)
    {
        BpeTokenizer tokenizer = GoldenTemplates.Load(name);
        int begin = tokenizer.Pipeline.Parts.Prefix[0];
        string text = tokenizer.Spelling(begin)!;

        Assert.Single(tokenizer.EncodePrompt([new("user", "x")]), begin);
        Assert.Single(tokenizer.EncodePrompt([new("user", text + "x" + text)]), begin);
        Assert.Equal(begin, tokenizer.EncodePrompt([new("user", "x")])[0]);
        Assert.Single(tokenizer.EncodeDocument(text + "x"), begin);
        Assert.DoesNotContain(begin, tokenizer.EncodeAnswer("x"));
    }

    [Fact]
    public void Trap_TemplateMismatch_AnswerWrittenOtherwiseThanAskedForIsNamed()
    {
        const string Jinja = "{% for message in messages %}{{ '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>bot\n' }}{% endif %}";
        BpeTokenizer tokenizer = GoldenFamilies.Load("qwen", template: Jinja);

        TokenizationFault fault = tokenizer.EncodeConversation(TwoTurns).Fault!;

        Assert.Equal(TokenizationFaults.PromptNotPrefix, fault.Code);
        Assert.StartsWith("Message 2: the template writes", fault.Sentence, StringComparison.Ordinal);
        Assert.Equal(TokenizationFaults.PromptNotPrefix, Assert.Throws<ChatTemplateException>(() => tokenizer.EncodeAnswer("x")).Fault.Code);
    }

    [Fact]
    public void Trap_PromptNotAPrefix_AnswerThatJoinsThePromptsLastTokenIsNamed()
    {
        // Behind "assistant\n" an answer that begins with a line break would make one token of both.
        BpeTokenizer tokenizer = GoldenTemplates.Load("chatml");
        ChatMessage[] chat = [new("user", "x"), new("assistant", "\n\nanswer")];

        Assert.Equal(TokenizationFaults.PromptNotPrefix, tokenizer.EncodeConversation(chat).Fault!.Code);
        Assert.Equal((int[])[.. tokenizer.Encode("\n\nanswer"), tokenizer.EndOfTurnToken], tokenizer.EncodeAnswer("\n\nanswer"));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void EncodeAnswer_BehindAPrompt_IsTheConversationsOwnTokens(string name)
    {
        BpeTokenizer tokenizer = GoldenTemplates.Load(name);
        foreach (string answer in (string[])["sat on the mat", "10 cats!", "日本語 café 😀", "two\nlines"])
        {
            ChatMessage[] chat = [new("user", "x"), new("assistant", answer)];

            Assert.Equal(tokenizer.EncodeConversation(chat).Tokens, (int[])[.. tokenizer.EncodePrompt(chat[..1]), .. tokenizer.EncodeAnswer(answer)]);
        }
    }

    [Fact]
    public void EncodeConversation_NoAnswerOrARefusal_IsAFaultAndNotACrash()
    {
        BpeTokenizer tokenizer = GoldenTemplates.Load("mistral");

        Assert.Equal(TokenizationFaults.NoAnswer, tokenizer.EncodeConversation([new("user", "x")]).Fault!.Code);
        Assert.Equal(TokenizationFaults.UnknownRole, tokenizer.EncodeConversation([new("moderator", "x"), new("assistant", "y")]).Fault!.Code);
        Assert.Equal(
            new TokenizationFault(TokenizationFaults.TemplateRaised, "The chat template says: Conversation roles must alternate user/assistant/user/assistant/..."),
            tokenizer.EncodeConversation([new("user", "x"), new("user", "x"), new("assistant", "y")]).Fault);
    }

    [Fact]
    public void EncodeConversation_OfATokenizerWithoutATemplate_GoesTurnByTurn()
    {
        ITokenizer tokenizer = new Training.CharacterTokenizer();
        ConversationTokens whole = tokenizer.EncodeConversation([new("user", "ab"), new("assistant", "c"), new("user", "d"), new("assistant", "ef")]);

        Assert.Equal([new TokenSpan(3, 2), new TokenSpan(7, 3)], whole.Turns);
        Assert.Equal(['a', 'b', 0, 'c', 0, 'd', 0, 'e', 'f', 0], whole.Tokens);
        Assert.Equal([false, false, false, true, true, false, false, true, true, true], whole.Trained);
    }
}
