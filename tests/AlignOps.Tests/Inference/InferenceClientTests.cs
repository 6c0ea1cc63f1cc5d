using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Inference.Requests;
using AlignOps.Tests.Platform.Compliance;

namespace AlignOps.Tests.Inference;

public sealed class InferenceClientTests
{
    private static readonly ChatRequest Question = new([new ChatTurn("user", "Which one?")], 20, 0);
    private static readonly Tariff Prices = new(1, 2);

    private readonly ManualTime _time = new();
    private readonly MemoryRecord _record = new();
    private readonly Budget _budget = new(new BudgetLimit(100_000, null));

    [Fact]
    public async Task AskAsync_Answered_IsKeptAndCostsNothingTheSecondTime()
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Says("[[A]]", 12, 3));
        using var client = Client(endpoint);
        var first = await client.AskAsync(Question, "judge", CancellationToken.None);
        var second = await client.AskAsync(Question, "judge", CancellationToken.None);
        var other = await client.AskAsync(Question, "another judge", CancellationToken.None);

        Assert.Equal((CallOutcome.Answered, "[[A]]", Prices.Of(12, 3)), (first.Outcome, first.Answer!.Text, first.Charged));
        Assert.Equal((CallOutcome.Cached, first.Answer, default), (second.Outcome, second.Answer, second.Charged));
        Assert.Equal((CallOutcome.Answered, 2), (other.Outcome, endpoint.Asked));
        Assert.Equal(Prices.Of(24, 6), _budget.Spent);
        Assert.Equal(["answered: 2", "cached: 1"], client.Tally.Calls.Select(count => $"{count.Key}: {count.Value}"));
    }

    [Fact]
    public async Task AskAsync_TheSameAtTheSameMoment_IsSentOnce()
    {
        var answer = new TaskCompletionSource<EndpointReply>();
        var endpoint = new ScriptedEndpoint((_, _, _) => answer.Task);
        using var client = Client(endpoint);
        var calls = Enumerable.Range(0, 6).Select(_ => client.AskAsync(Question, "judge", CancellationToken.None)).ToList();
        answer.SetResult(ScriptedEndpoint.Says("[[A]]"));
        var results = await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, endpoint.Asked);
        Assert.Equal((1, 5), (results.Count(result => result.Outcome == CallOutcome.Answered), results.Count(result => result.Outcome == CallOutcome.Cached)));
    }

    [Fact]
    public async Task AskAsync_429ForAMinute_WaitsAsAskedAndIsAnswered()
    {
        var open = _time.GetUtcNow().AddMinutes(1);
        var asked = new List<DateTimeOffset>();
        var result = await OutlastAsync(new ScriptedEndpoint(_ =>
        {
            asked.Add(_time.GetUtcNow());
            return _time.GetUtcNow() < open ? ScriptedEndpoint.Body(429, "{}", TimeSpan.FromSeconds(20)) : ScriptedEndpoint.Says("[[A]]");
        }));

        Assert.Equal(CallOutcome.Answered, result.Outcome);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(20)));

        // The test's clock may run on while the client reads a reply; what it sets out to wait is what was asked of it, and a little more.
        Assert.Equal(asked.Count - 1, _time.Waits.Count(wait => wait >= TimeSpan.FromSeconds(20) && wait <= TimeSpan.FromSeconds(22)));
        Assert.Equal(Prices.Of(10, 5), _budget.Spent);
    }

    [Fact]
    public async Task AskAsync_429ForAMinuteWithoutAHint_IsAnsweredToo()
    {
        var open = _time.GetUtcNow().AddMinutes(1);
        var result = await OutlastAsync(new ScriptedEndpoint(_ => _time.GetUtcNow() < open ? ScriptedEndpoint.Body(429, "busy") : ScriptedEndpoint.Says("[[A]]")));
        Assert.Equal(CallOutcome.Answered, result.Outcome);
    }

    [Fact]
    public async Task AskAsync_429AndATimeBeyondPatience_EndsAtOnceAsRateLimited()
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(429, """{"error": {"code": "insufficient_quota", "message": "key sk-secret"}}""", TimeSpan.FromHours(5)));
        using var client = Client(endpoint);
        var result = await client.AskAsync(Question, "judge", CancellationToken.None);
        Assert.Equal((CallOutcome.RateLimited, 1, "HTTP 429, insufficient_quota"), (result.Outcome, endpoint.Asked, result.Detail));
        Assert.Equal(default, _budget.Spent);
    }

    [Fact]
    public async Task AskAsync_500ForEver_EndsAsServerErrorAndCountsEveryAttemptAsSpent()
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(500, "oops"));
        var result = await OutlastAsync(endpoint);
        Assert.Equal((CallOutcome.ServerError, 10, 10), (result.Outcome, result.Attempts, endpoint.Asked));
        Assert.Equal(10 * (Question.InputTokenBound + 20), _budget.Spent.Tokens);
        Assert.All(_record.Attempts, attempt => Assert.Equal((CallOutcome.ServerError, attempt.Reserved), (attempt.Outcome, attempt.Charged)));
    }

    [Fact]
    public async Task AskAsync_500ForEverAskedAThousandTimes_GivesUpSoonAndTriesAgainLater()
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(503, ""));
        using var client = Client(endpoint, new CallPolicy { Concurrency = 4 });
        var all = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.AskAsync(Question with { Seed = i }, "judge", CancellationToken.None)));
        await OutlastAsync(all);
        var results = await all;

        Assert.InRange(results.Count(result => result.Outcome == CallOutcome.ServerError), 10, 20);
        Assert.Equal(1000, results.Count(result => result.Outcome is CallOutcome.ServerError or CallOutcome.EndpointDown));
        Assert.InRange(endpoint.Asked, 40, 200);
        Assert.Equal(1000, client.Tally.Calls.Values.Sum());

        var asked = endpoint.Asked;
        _time.Advance(TimeSpan.FromMinutes(2));
        await OutlastAsync(client.AskAsync(Question, "judge", CancellationToken.None));
        Assert.True(endpoint.Asked > asked);
    }

    [Fact]
    public async Task AskAsync_AnEndpointThatAnswersAfterTenMinutes_IsGivenUpByNameLongBefore()
    {
        var started = _time.GetUtcNow();
        var result = await OutlastAsync(new ScriptedEndpoint(async (_, _, token) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(10), _time, token);
            return ScriptedEndpoint.Says("[[A]]");
        }));

        Assert.Equal((CallOutcome.TimedOut, null), (result.Outcome, result.Answer));
        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(7));
    }

    [Fact]
    public async Task AskAsync_AnEndpointThatNeverAnswers_TimesOutEachAttempt()
    {
        var endpoint = new ScriptedEndpoint((_, _, _) => new TaskCompletionSource<EndpointReply>().Task);
        var result = await OutlastAsync(endpoint, new CallPolicy { AttemptTimeout = TimeSpan.FromSeconds(10), MostAttempts = 3 });
        Assert.Equal((CallOutcome.TimedOut, 3, "no whole response within 10 s"), (result.Outcome, result.Attempts, result.Detail));
    }

    [Theory]
    [InlineData("", "the response is empty")]
    [InlineData("<html>", "the response is not JSON")]
    [InlineData("[]", "the response does not have one choice")]
    [InlineData("""{"choices": []}""", "the response does not have one choice")]
    [InlineData("""{"choices": [{"message": {"content": "x"}}, {"message": {"content": "y"}}]}""", "the response does not have one choice")]
    [InlineData("""{"choices": [{"message": {"content": 3}}]}""", "the message has no text")]
    [InlineData("""{"choices": [{"message": {"content": "a", "content": "b"}}]}""", "the response is not JSON")]
    [InlineData("""{"choices": [{"message": {"content": "\ud800"}}]}""", "the response has text that is not Unicode")]
    public async Task AskAsync_MalformedEveryTime_EndsSoWithTheReasonAndKeepsNothing(string body, string reason)
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(200, body));
        var result = await OutlastAsync(endpoint, new CallPolicy { MostAttempts = 2 });
        Assert.Equal((CallOutcome.Malformed, reason, 2), (result.Outcome, result.Detail, endpoint.Asked));
        Assert.Null(await _record.FindAsync(Question.Key("judge"), CancellationToken.None));
    }

    [Theory]
    [InlineData(200, """{"choices": [{"finish_reason": "stop", "message": {"content": null, "refusal": "I will not."}}]}""")]
    [InlineData(200, """{"choices": [{"finish_reason": "content_filter", "message": {"content": "half"}}]}""")]
    [InlineData(400, """{"error": {"code": "content_filter"}}""")]
    public async Task AskAsync_Refused_IsAnAnswerAndNotAskedAgain(int status, string body)
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(status, body));
        using var client = Client(endpoint);
        Assert.Equal(CallOutcome.Refused, (await client.AskAsync(Question, "judge", CancellationToken.None)).Outcome);
        var again = await client.AskAsync(Question, "judge", CancellationToken.None);
        Assert.Equal((CallOutcome.Cached, 1), (again.Outcome, endpoint.Asked));
        Assert.NotNull(again.Answer!.Refusal);
    }

    [Theory]
    [InlineData(401), InlineData(404), InlineData(302), InlineData(422)]
    public async Task AskAsync_TurnedAway_IsNotRetriedAndCostsNothing(int status)
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(status, ""));
        using var client = Client(endpoint);
        var result = await client.AskAsync(Question, "judge", CancellationToken.None);
        Assert.Equal((CallOutcome.Rejected, 1, $"HTTP {status}", default), (result.Outcome, endpoint.Asked, result.Detail, result.Charged));
    }

    [Theory]
    [InlineData(400, 30), InlineData(401, 10)]
    public async Task AskAsync_ManyTurnedAway_AreTheEndpointsFaultOnlyWhereItTakesNobody(int status, int asked)
    {
        var endpoint = new ScriptedEndpoint(_ => ScriptedEndpoint.Body(status, ""));
        using var client = Client(endpoint);
        for (var i = 0; i < 30; i++) await client.AskAsync(Question with { Seed = i }, "judge", CancellationToken.None);
        Assert.Equal(asked, endpoint.Asked);
    }

    [Fact]
    public async Task AskAsync_ABrokenPipeline_IsUnreachableAndTellsNothingOfWhatWasSent()
    {
        var result = await OutlastAsync(new ScriptedEndpoint((_, _, _) => throw new InvalidOperationException("Bearer sk-secret")), new CallPolicy { MostAttempts = 2 });
        Assert.Equal((CallOutcome.Unreachable, "InvalidOperationException"), (result.Outcome, result.Detail));
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public async Task AskAsync_ASmallBudgetAndManyCalls_IsNeverExceededAsTheEndpointCounts(int seed)
    {
        var budget = new Budget(new BudgetLimit(5_000, null));
        var billed = 0L;
        var endpoint = new ScriptedEndpoint(async (request, number, _) =>
        {
            await Task.Yield();
            var random = new Random((seed * 1000) + number);
            if (random.Next(5) == 0) return ScriptedEndpoint.Body(429, "");
            var (input, output) = (random.Next(1, request.InputTokenBound), random.Next(1, request.MaxOutputTokens + 1));
            Interlocked.Add(ref billed, input + output);
            return random.Next(5) == 0 ? ScriptedEndpoint.Body(500, "") : ScriptedEndpoint.Says("x", input, output);
        });
        using var client = new InferenceClient(
            endpoint, _record, budget, Prices, new RateGate(null, null, TimeProvider.System), new CallPolicy { Concurrency = 16, FirstPause = TimeSpan.Zero, MostAttempts = 3 }, TimeProvider.System, () => 0);
        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(() => client.AskAsync(Question with { Seed = i }, "judge", CancellationToken.None))));

        Assert.InRange(billed, 1, budget.Spent.Tokens);
        Assert.InRange(budget.Spent.Tokens, 4_800, 5_000);
        Assert.Contains(results, result => result.Outcome == CallOutcome.OverBudget);
        Assert.Equal(300, client.Tally.Calls.Values.Sum());
        Assert.Equal(budget.Spent.Tokens, _record.Attempts.Sum(attempt => attempt.Charged.Tokens));
    }

    [Fact]
    public async Task AskAsync_CancelledUnderWay_CountsTheReservationAsSpentAndSaysAbandoned()
    {
        var sent = new TaskCompletionSource();
        var endpoint = new ScriptedEndpoint(async (_, _, token) =>
        {
            sent.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        using var client = Client(endpoint);
        using var stop = new CancellationTokenSource();
        var call = client.AskAsync(Question, "judge", stop.Token);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(Question.InputTokenBound + 20, _budget.Spent.Tokens);
        Assert.Equal((CallOutcome.Abandoned, _record.Attempts[0].Reserved), (_record.Attempts.Single().Outcome, _record.Attempts[0].Charged));
        Assert.Equal(1, client.Tally.Calls["abandoned"]);
    }

    private InferenceClient Client(IChatEndpoint endpoint, CallPolicy? policy = null) =>
        new(endpoint, _record, _budget, Prices, new RateGate(null, null, _time), policy ?? new CallPolicy(), _time, () => 0);

    private async Task<CallResult> OutlastAsync(IChatEndpoint endpoint, CallPolicy? policy = null)
    {
        using var client = Client(endpoint, policy);
        var call = client.AskAsync(Question, "judge", CancellationToken.None);
        await OutlastAsync(call);
        return await call;
    }

    /// <summary>Turns the clock while somebody waits for it, until the task has ended.</summary>
    private async Task OutlastAsync(Task task)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (_time.IsAwaited) _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }
}
