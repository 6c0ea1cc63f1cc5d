using System.Text.Json.Nodes;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Models;

public sealed class TokenizerFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_AfterSave_GivesTheSameTokenizer()
    {
        var random = new Random(4);
        foreach (BuiltInTemplate template in ChatTemplate.Known)
        {
            foreach (bool splitDigits in (bool[])[true, false])
            {
                BpeTokenizer trained = BpeTrainer.Train(TinyTokenizers.Corpus, 300, template, splitDigits);
                trained.Save(_folder.Path);
                byte[] first = File.ReadAllBytes(_folder.File("tokenizer.json"));
                BpeTokenizer loaded = Tokenizer.Load(_folder.Path);
                loaded.Save(_folder.Path);

                Assert.Same(template, loaded.Template);
                Assert.Equal(trained.SpecialTokens, loaded.SpecialTokens);
                Assert.Equal(trained.VocabularySize, loaded.VocabularySize);
                Assert.Equal(first, File.ReadAllBytes(_folder.File("tokenizer.json")));
                for (int round = 0; round < 300; round++)
                {
                    string text = TinyTokenizers.RandomText(random);
                    Assert.Equal(trained.Encode(text), loaded.Encode(text));
                }
            }
        }
    }

    [Fact]
    public void Load_HandWrittenFiles_FollowsTheFormat()
    {
        WriteHandWritten("""["a b", "ab c"]""");

        BpeTokenizer tokenizer = Tokenizer.Load(_folder.Path);

        Assert.Equal([7], tokenizer.Encode("abc"));
        Assert.Equal([6, 3, 4], tokenizer.Encode("ab 1"));
        Assert.Equal([6, 0, 3, 1, 2], tokenizer.Encode("aba bc"));
        Assert.Equal([8, 7, 9], tokenizer.EncodePrompt([new("user", "abc")]));
        Assert.Equal("ab 1", tokenizer.Decode([6, 3, 4, 10, 5]));
        Assert.Equal(11, tokenizer.VocabularySize);
    }

    [Fact]
    public void Load_MergesAsPairs_MeansTheSame()
    {
        WriteHandWritten("""["a b", "ab c"]""");
        int[] old = Tokenizer.Load(_folder.Path).Encode("abcab 1 bca");
        WriteHandWritten("""[["a", "b"], ["ab", "c"]]""");

        Assert.Equal(old, Tokenizer.Load(_folder.Path).Encode("abcab 1 bca"));
    }

    [Fact]
    public void Load_IgnoreMerges_TakesAWholeWordButNoSpecialToken()
    {
        WriteHandWritten("""["a b"]""", model => model["ignore_merges"] = true);
        BpeTokenizer tokenizer = Tokenizer.Load(_folder.Path);

        Assert.Equal([7], tokenizer.Encode("abc"));
        Assert.Equal([6, 2, 0], tokenizer.Encode("abca"));
    }

    [Fact]
    public void Load_MergeThatMakesASpecialToken_IsLeftOut()
    {
        WriteHandWritten("""["a b", "ab c"]""");
        Edit("tokenizer.json", root => root["added_tokens"]!.AsArray().Add(JsonNode.Parse("""{"id":7,"content":"abc","special":true}""")));
        BpeTokenizer tokenizer = Tokenizer.Load(_folder.Path);

        Assert.Equal([6, 2], tokenizer.Encode("abc"));
        Assert.Equal([7], tokenizer.EncodeTrusted("abc"));
    }

    [Fact]
    public void Load_VocabularyWithoutAByte_LeavesThatByteOut()
    {
        WriteHandWritten("""["a b", "ab c"]""");

        Assert.Equal([0], Tokenizer.Load(_folder.Path).Encode("xaz"));
        Assert.Equal([7], Tokenizer.Load(_folder.Path).Encode("axbc"));
    }

    [Theory]
    [InlineData("normalizer", """{"type":"NFKC"}""")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"a+"},"content":"b"}""")]
    [InlineData("post_processor", """{"type":"BertProcessing"}""")]
    [InlineData("decoder", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}""")]
    [InlineData("decoder", """{"type":"WordPiece"}""")]
    [InlineData("decoder", "null")]
    [InlineData("decoder", "null", "pre_tokenizer")]
    [InlineData("pattern", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated"},{"type":"ByteLevel","add_prefix_space":false}]}""", "pre_tokenizer")]
    [InlineData("behavior", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"String":" "},"behavior":"Removed"},{"type":"ByteLevel","add_prefix_space":false}]}""", "pre_tokenizer")]
    [InlineData("prepend_scheme", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"sometimes"}""", "pre_tokenizer")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[]}""")]
    [InlineData("pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"ByteLevel","add_prefix_space":false},{"type":"Digits","individual_digits":true}]}""")]
    [InlineData("model", "null")]
    [InlineData("added_tokens", "7")]
    [InlineData("contradicts", """[{"id":2,"content":"x","special":true}]""", "added_tokens")]
    [InlineData("contradicts", """[{"id":20,"content":"abc","special":true}]""", "added_tokens")]
    [InlineData("contradicts", """[{"id":20,"content":"x","special":true},{"id":21,"content":"x","special":true}]""", "added_tokens")]
    [InlineData("writes <|system|>", """[{"id":10,"content":"<|end|>","special":true}]""", "added_tokens")]
    public void Load_WhatCannotBeFollowed_NamesTheKey(string named, string value, string? key = null)
    {
        WriteHandWritten("""["a b", "ab c"]""");
        Edit("tokenizer.json", root => root[key ?? named] = JsonNode.Parse(value));

        Assert.Contains(named, Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type", "\"WordPiece\"")]
    [InlineData("byte_fallback", "true")]
    [InlineData("unk_token", "\"nowhere\"")]
    [InlineData("dropout", "0.1")]
    [InlineData("end_of_word_suffix", "\"</w>\"")]
    [InlineData("vocab", "null")]
    [InlineData("vocab", """{"a":0,"b":0}""")]
    [InlineData("vocab", """{"a":-1}""")]
    [InlineData("vocab", """{"a":2000000000}""")]
    [InlineData("alphabet", """{"a":0,"b":1,"ab":6,"c":2,"abc":7,"日":3}""", "vocab")]
    [InlineData("not valid JSON", """{"\ud800":0}""", "vocab")]
    [InlineData("merges", "null")]
    [InlineData("merge a z", """["a z"]""", "merges")]
    [InlineData("twice", """["a b","a b"]""", "merges")]
    [InlineData("not a pair", """["a b c"]""", "merges")]
    [InlineData("not a pair", """["ab"]""", "merges")]
    [InlineData("not a pair", """[["a"]]""", "merges")]
    [InlineData("not a pair", """[7]""", "merges")]
    public void Load_BrokenModel_NamesTheFault(string named, string value, string? key = null)
    {
        WriteHandWritten("""["a b", "ab c"]""");
        string path = _folder.File("tokenizer.json");
        Edit("tokenizer.json", root => root["model"]![key ?? named] = "@");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"@\"", value, StringComparison.Ordinal));

        Assert.Contains(named, Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnfitOrMissingTemplate_SaysWhatIsWrong()
    {
        WriteHandWritten("[]");
        Edit("tokenizer_config.json", c => c["chat_template"] = "\n{% include 'other' %}");
        Assert.Contains("tokenizer_config.json: The chat template, line 2: the tag 'include' is outside the subset", Refused().Message, StringComparison.Ordinal);
        Assert.Equal(TokenizationFaults.Template, Refused().Reason);
        Assert.Equal(TokenizationFaults.Template, Tokenizer.TryLoad(_folder.Path).Fault!.Code);

        Edit("tokenizer_config.json", c => c["chat_template"] = "{{ messages[0].content }}");
        Assert.Contains("would not stop", Refused().Message, StringComparison.Ordinal);

        Edit("tokenizer_config.json", c => c.Remove("chat_template"));
        Assert.Contains("chat_template", Refused().Message, StringComparison.Ordinal);
        Assert.Equal(TokenizationFaults.NoTemplate, Assert.Throws<ChatTemplateException>(() => Tokenizer.LoadForText(_folder.Path).EncodePrompt([new("user", "a")])).Fault.Code);
    }

    [Fact]
    public void Load_TemplateElsewhereOrEscaped_IsRecognised()
    {
        BpeTrainer.Train(TinyTokenizers.Corpus, 300, ChatTemplate.ChatMl).Save(_folder.Path);
        string jinja = ChatTemplate.ChatMl.Jinja;

        Edit("tokenizer_config.json", c => c["chat_template"] = jinja.Replace("\n", "\\n", StringComparison.Ordinal));
        Assert.Same(ChatTemplate.ChatMl, Tokenizer.Load(_folder.Path).Template);

        Edit("tokenizer_config.json", c => c["chat_template"] = new JsonArray(
            new JsonObject { ["name"] = "tool_use", ["template"] = "{}" }, new JsonObject { ["name"] = "default", ["template"] = jinja }));
        Assert.Same(ChatTemplate.ChatMl, Tokenizer.Load(_folder.Path).Template);

        Edit("tokenizer_config.json", c => c.Remove("chat_template"));
        File.WriteAllText(_folder.File("chat_template.jinja"), jinja + "\n");
        Assert.Same(ChatTemplate.ChatMl, Tokenizer.Load(_folder.Path).Template);
    }

    [Fact]
    public void Load_BesideAPolicyThatWouldNotStop_IsRefused()
    {
        BpeTokenizer tokenizer = BpeTrainer.Train(TinyTokenizers.Corpus, 300, ChatTemplate.Compact);
        tokenizer.Save(_folder.Path);
        PolicyConfig config = TinyModels.Config with { VocabSize = tokenizer.VocabularySize, EosTokenIds = [tokenizer.EndOfTurnToken] };
        WritePolicy(config);
        Assert.NotNull(Tokenizer.Load(_folder.Path));

        WritePolicy(config with { EosTokenIds = [0] });
        Assert.Contains("would not stop", Refused().Message, StringComparison.Ordinal);

        WritePolicy(config with { VocabSize = tokenizer.VocabularySize - 1 });
        Assert.Contains("vocab_size", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Load_MissingFile_NamesIt(string file)
    {
        WriteHandWritten("[]");
        File.Delete(_folder.File(file));

        Assert.Contains(file, Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_TrainedTokenizer_WritesWhatTheLibraryReads()
    {
        TinyTokenizers.Train().Save(_folder.Path);
        JsonNode root = JsonNode.Parse(File.ReadAllText(_folder.File("tokenizer.json")))!;
        JsonNode config = JsonNode.Parse(File.ReadAllText(_folder.File("tokenizer_config.json")))!;

        Assert.Equal(
            """{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]}""",
            root["pre_tokenizer"]!.ToJsonString());
        Assert.Equal("""{"id":4,"content":"\u003C|end|\u003E","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}""", root["added_tokens"]![4]!.ToJsonString());
        Assert.Equal("a a", root["model"]!["merges"]![0]!.GetValue<string>());
        Assert.Equal(0, root["model"]!["vocab"]!["<|endoftext|>"]!.GetValue<int>());
        Assert.Equal(5, root["model"]!["vocab"]!["!"]!.GetValue<int>());
        Assert.Equal(225, root["model"]!["vocab"]!["Ġ"]!.GetValue<int>());
        Assert.Equal("<|end|>", config["eos_token"]!.GetValue<string>());
        Assert.Equal("<|endoftext|>", config["pad_token"]!.GetValue<string>());
    }

    private ModelFormatException Refused() => Assert.Throws<ModelFormatException>(() => Tokenizer.Load(_folder.Path));

    private void WritePolicy(PolicyConfig config) => PolicyConfigWriter.Write(_folder.File("config.json"), config, AlignOps.Models.Safetensors.TensorDtype.F32);

    private void WriteHandWritten(string merges, Action<JsonObject>? editModel = null)
    {
        JsonObject root = JsonNode.Parse(
            $$"""
            {"version":"1.0","added_tokens":[{"id":8,"content":"<|user|>","special":true},{"id":9,"content":"<|assistant|>","special":true},
               {"id":10,"content":"<|end|>","special":true},{"id":5,"content":"<|system|>","special":true}],
             "normalizer":null,
             "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}]},
             "decoder":{"type":"ByteLevel"},
             "model":{"vocab":{"a":0,"b":1,"c":2,"Ġ":3,"1":4,"ab":6,"abc":7},"merges":{{merges}} } }
            """)!.AsObject();
        editModel?.Invoke(root["model"]!.AsObject());
        File.WriteAllText(_folder.File("tokenizer.json"), root.ToJsonString());
        File.WriteAllText(_folder.File("tokenizer_config.json"), new JsonObject { ["chat_template"] = ChatTemplate.Compact.Jinja }.ToJsonString());
    }

    private void Edit(string file, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!.AsObject();
        edit(json);
        File.WriteAllText(_folder.File(file), json.ToJsonString());
    }
}
