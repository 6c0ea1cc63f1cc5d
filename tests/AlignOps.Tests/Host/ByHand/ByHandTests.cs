using System.Text.Json.Nodes;
using AlignOps.Data;
using AlignOps.Host.ByHand;
using AlignOps.Host.Cli;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Tests.Models.Merging;

namespace AlignOps.Tests.Host.ByHand;

public sealed class ByHandTests : IDisposable
{
    private readonly MergeWorld _world = new();
    private readonly CpuPolicyEngine _engine = new(1);
    private readonly BpeTokenizer _tokenizer;
    private readonly RowEncoder _encoder;

    public ByHandTests()
    {
        _tokenizer = Tokenizer.Load(_world.Base);
        _encoder = LoadedPolicy.Encoder(_world.Base);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Score_PromptAndCompletion_IsThePolicysOwnLogProbabilities()
    {
        var row = new TextRow(3, "7", "the cat", null, " sat on");
        JsonNode line = JsonNode.Parse(Assert.Single(Score(row)))!;

        int[] prompt = _tokenizer.EncodeDocument("the cat"), completion = _tokenizer.Encode(" sat on");
        using IPolicyModel policy = _engine.Load(_world.Base, _world.Adapter);
        float[] expected = policy.Score([TokenSequence.PromptAnswer(prompt, completion)])[0];
        Assert.Equal((3, 7, completion.Length), (line["line"]!.GetValue<int>(), line["id"]!.GetValue<int>(), line["count"]!.GetValue<int>()));
        Assert.Equal([.. prompt, .. completion], Numbers<int>(line["tokens"]!));
        Assert.Equal(Enumerable.Range(prompt.Length, completion.Length), Numbers<int>(line["scored"]!));
        Assert.Equal(expected, Numbers<float>(line["log_probabilities"]!));
        Assert.Equal(expected.Sum(v => (double)v), line["sum"]!.GetValue<double>(), 12);
    }

    [Fact]
    public void Score_Conversation_ScoresEveryAssistantTurnAndItsEnd()
    {
        ChatMessage[] messages = [new("user", "the cat"), new("assistant", "sat"), new("user", "on"), new("assistant", "the mat")];
        JsonNode line = JsonNode.Parse(Assert.Single(Score(new TextRow(1, null, null, messages, null))))!;

        int[] scored = [.. Numbers<int>(line["scored"]!).Select(at => Numbers<int>(line["tokens"]!)[at])];
        Assert.Equal([.. _tokenizer.EncodeAnswer("sat"), .. _tokenizer.EncodeAnswer("the mat")], scored);
    }

    [Fact]
    public void Score_MessagesAndCompletion_IsTheConversationsLastTurn()
    {
        ChatMessage[] asked = [new("user", "the cat")];
        JsonNode apart = JsonNode.Parse(Assert.Single(Score(new TextRow(1, null, null, asked, "sat"))))!;
        JsonNode whole = JsonNode.Parse(Assert.Single(Score(new TextRow(1, null, null, [.. asked, new("assistant", "sat")], null))))!;

        Assert.Equal(whole.ToJsonString(), apart.ToJsonString());
    }

    [Fact]
    public void Score_ByARewardModel_IsARewardForEachRow()
    {
        _world.WriteAdapter(MergeWorld.Lora with { RewardHead = true });
        TextRow[] rows = [new(1, null, "the cat", null, " sat"), new(2, null, "the cat", null, " aaaa")];

        double[] rewards = [.. Score(rows).Select(line => JsonNode.Parse(line)!["reward"]!.GetValue<double>())];

        Assert.Equal(2, rewards.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"prompt":"the cat"}""", RowEncoder.NothingToScore)]
    [InlineData("""{"prompt":"the cat","completion":""}""", RowEncoder.NothingToScore)]
    [InlineData("""{"prompt":"","completion":"the cat"}""", RowEncoder.NothingBefore)]
    [InlineData("""{"tokens":[],"prompt_tokens":0}""", RowEncoder.NothingBefore)]
    [InlineData("""{"tokens":[1,2],"prompt_tokens":0}""", RowEncoder.NothingBefore)]
    [InlineData("""{"tokens":[1,2],"prompt_tokens":2}""", RowEncoder.NothingToScore)]
    [InlineData("""{"tokens":[1,99999]}""", RowEncoder.OutsideVocabulary)]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", TokenizationFaults.NoAnswer)]
    [InlineData("""{"messages":[{"role":"oracle","content":"hi"},{"role":"assistant","content":"hi"}]}""", TokenizationFaults.UnknownRole)]
    public void ForScoring_RowThatCannotBe_IsAReason(string line, string reason)
    {
        (TokenSequence? sequence, RowFault? fault) = _encoder.ForScoring(RowReader.Read([line]).Single().Row!);

        Assert.Null(sequence);
        Assert.Equal((1, reason), (fault!.Line, fault.Reason));
    }

    [Fact]
    public void ForScoring_MoreTokensThanPositions_IsTooLong()
    {
        Assert.Null(_encoder.ForScoring(new TextRow(1, null, null, null, null, new int[64])).Fault);
        Assert.Equal(RowEncoder.TooLong, _encoder.ForScoring(new TextRow(1, null, null, null, null, new int[65])).Fault!.Reason);
        Assert.Equal(RowEncoder.TooLong, _encoder.ForGeneration(new TextRow(1, null, null, null, null, new int[64])).Fault!.Reason);
    }

    [Fact]
    public void Generate_Sampled_IsTheSameWhateverStandsBesideIt()
    {
        var settings = new GenerationSettings(1, 0.9, 20, Seed: 4, MaxTokens: 12, Samples: 2);
        TextRow[] rows = [new(1, null, "the cat", null, null), new(2, null, null, [new("user", "on the mat")], null), new(3, null, "aaaa", null, null)];

        GeneratedLine[] all = Generate(settings, rows);
        GeneratedLine[] alone = Generate(settings, rows[1]);

        Assert.Equal([(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)], all.Select(line => (line.Row.Line, line.Sample)));
        Assert.Equal(all[2..4].Select(line => line.ToJson()), alone.Select(line => line.ToJson()));
        Assert.NotEqual(all[0].Result.Tokens, all[1].Result.Tokens);
        Assert.Equal(_tokenizer.Decode(all[0].Result.Tokens), all[0].Text);
        Assert.NotEqual(alone[0].Result.Tokens, Generate(settings with { Seed = 5 }, rows[1])[0].Result.Tokens);
    }

    [Fact]
    public void Generate_Greedy_FollowsTheLikeliestToken()
    {
        GeneratedLine line = Assert.Single(Generate(new GenerationSettings(0, 1, 0, 0, 5, 1), new TextRow(1, null, "the cat", null, null)));

        int[] prompt = _tokenizer.EncodeDocument("the cat");
        using IPolicyModel policy = _engine.Load(_world.Base, _world.Adapter);
        Assert.All(line.Result.Tokens.Index(), at =>
        {
            int[] before = [.. prompt, .. line.Result.Tokens[..at.Index]];
            float[] chances = [.. Enumerable.Range(0, _world.Config.VocabSize).Select(token => policy.Score([TokenSequence.PromptAnswer(before, [token])])[0][0])];
            Assert.Equal(chances.Index().MaxBy(one => one.Item).Index, at.Item);
        });
    }

    [Fact]
    public void ForGeneration_ConversationThatEndsWithAnAnswer_IsRefused() => Assert.Equal(
        RowEncoder.NothingBefore, _encoder.ForGeneration(new TextRow(1, null, null, [new("user", "a"), new("assistant", "b")], null)).Fault!.Reason);

    [Fact]
    public void Faults_OfTheSettings_AreToldAllAtOnce()
    {
        Assert.Equal(5, new GenerationSettings(-1, 0, -1, 0, 0, 0).Faults().Count());
        Assert.Contains("--n", Assert.Single(new GenerationSettings(0, 1, 0, 0, 8, 2).Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BadRows_AreLeftOutOrFatal()
    {
        string path = Path.Combine(_world.Base, "rows.jsonl");
        await File.WriteAllTextAsync(path, "{\"prompt\":\"the cat\",\"completion\":\" sat\"}\r\n\nnonsense\n{\"prompt\":\"the cat\",\"completion\":\" on\"}");

        var rows = await RowFile.ReadAsync(path, _encoder.ForScoring, strict: false, CancellationToken.None);
        CommandException strict = await Assert.ThrowsAsync<CommandException>(() => RowFile.ReadAsync(path, _encoder.ForScoring, strict: true, CancellationToken.None));
        CommandException missing = await Assert.ThrowsAsync<CommandException>(() => RowFile.ReadAsync(path + "x", _encoder.ForScoring, strict: true, CancellationToken.None));

        Assert.Equal([1, 4], rows.Select(row => row.Row.Line));
        Assert.Equal(ExitCode.AnsweredNo, strict.ExitCode);
        Assert.StartsWith("line 3: ", strict.Message, StringComparison.Ordinal);
        Assert.EndsWith("[not-json]", strict.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, missing.ExitCode);
    }

    private string[] Score(params TextRow[] rows) =>
        [.. ScoredRows.Lines(_engine, _world.Base, _world.Adapter, [.. rows.Select(row => (row, _encoder.ForScoring(row).Sequence!))])];

    private GeneratedLine[] Generate(GenerationSettings settings, params TextRow[] rows) =>
        [.. GeneratedRows.Lines(_engine, _world.Base, _world.Adapter, [.. rows.Select(row => (row, _encoder.ForGeneration(row).Prompt!))], settings, CancellationToken.None)];

    private static T[] Numbers<T>(JsonNode array) => [.. array.AsArray().Select(value => value!.GetValue<T>())];
}
