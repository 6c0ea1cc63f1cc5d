using System.Text;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Tests.Evaluation;

/// <summary>Questions of several turns, from the suite file to the evidence.</summary>
public sealed class MultiTurnJobTests : IAsyncLifetime
{
    private readonly EvaluationWorld _world = new();

    public Task InitializeAsync() => _world.StartAsync();

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task RunAsync_ItemsOfOneTwoAndThreeTurns_AreAnsweredTurnByTurn()
    {
        _world.Section = new EvaluationSection { Verifier = "contains", MaxNewTokens = 4, Suites = [new SuiteSection { Name = "talks", File = "talks.jsonl" }] };
        _world.Write("talks.jsonl", Enumerable.Range(0, 60).Select(i =>
            $$$"""{"id": "i{{{i}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}]{{{(i % 3) switch { 0 => "", 1 => ", \"turns\": [\"one\"]", _ => ", \"turns\": [\"one\", \"two\"]" }}}}, "expect": {"contains": "good"}}"""));
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.5, 0.5, 0.5));

        Assert.All(evidence.Items, item =>
        {
            var turns = int.Parse(item.Id[1..], System.Globalization.CultureInfo.InvariantCulture) % 3;
            Assert.Equal(turns, item.Candidate.Earlier?.Count ?? 0);
            Assert.Equal(turns, item.Anchor!.Earlier?.Count ?? 0);
            Assert.Equal(turns switch { 0 => "question " + item.Id[1..], 1 => "one", _ => "two" }, item.Question);
            Assert.Equal(item.Candidate.Text == "good", item.Candidate.Passes);
        });

        // Each turn is a draw of its own.
        Assert.Contains(evidence.Items, item => item.Candidate.Earlier?.Any(answer => answer != item.Candidate.Text) == true);
    }

    [Fact]
    public void Conversation_OfSeveralTurns_AlternatesAndEndsWithTheUser()
    {
        var item = SuiteReader.Read(Encoding.UTF8.GetBytes("""{"id": "a", "prompt": [{"role": "user", "content": "one"}], "turns": ["two", "three"]}""")).Items.Single();
        Assert.Equal("user one|assistant 1|user two|assistant 2|user three", string.Join('|', item.Conversation(["1", "2"]).Select(message => $"{message.Role} {message.Content}")));
        Assert.Equal((3, 2, "three", "two"), (item.TurnCount, item.After(2).TurnCount, item.LastQuestion, item.After(2).LastQuestion));
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""["a", ""]""")]
    [InlineData("""["a", 3]""")]
    [InlineData(""" "a" """)]
    public void Read_TurnsThatAreNone_AreFaults(string turns) =>
        Assert.Contains("turns", SuiteReader.Read(Encoding.UTF8.GetBytes($$"""{"id": "a", "prompt": [{"role": "user", "content": "q"}], "turns": {{turns}}}""")).Faults.Single().Sentence, StringComparison.Ordinal);
}
