using System.Globalization;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Inference.Requests;
using AlignOps.Tests.Inference;

namespace AlignOps.Tests.Evaluation.Llm.Protocols;

/// <summary>A judge over an endpoint that a test speaks for, and what it was asked.</summary>
internal sealed class AskedJudge : IDisposable
{
    private readonly InferenceClient _client;

    public AskedJudge(JudgeSection section, Func<ChatRequest, EndpointReply> says)
        : this(section, null, says, TimeSpan.FromSeconds(20))
    {
    }

    /// <param name="timeout">For one attempt.</param>
    public AskedJudge(JudgeSection section, IChatEndpoint endpoint, TimeSpan timeout)
        : this(section, endpoint, null, timeout)
    {
    }

    private AskedJudge(JudgeSection section, IChatEndpoint? endpoint, Func<ChatRequest, EndpointReply>? says, TimeSpan timeout)
    {
        endpoint ??= new ScriptedEndpoint((request, _, _) =>
        {
            lock (Requests) Requests.Add(request);
            return Task.FromResult(says!(request));
        });
        var policy = new CallPolicy { MostAttempts = 2, FirstPause = TimeSpan.FromMilliseconds(1), AttemptTimeout = timeout, FailuresUntilDown = int.MaxValue };
        _client = new InferenceClient(endpoint, new MemoryRecord(), new Budget(new BudgetLimit(null, null)), Tariff.Free, new RateGate(null, null, TimeProvider.System), policy, TimeProvider.System, () => 0.5);
        Judge = new LlmJudge(section with { Name = "j", Url = "http://127.0.0.1:1/v1", Model = "m" }, _client);
    }

    public static SuiteItem Item { get; } = new("i", "all", null, [new ChatMessage("user", "Where is my parcel?")], null);

    public static SuiteItem TwoTurns { get; } = Item with { Turns = ["And when?"] };

    public LlmJudge Judge { get; }

    public List<ChatRequest> Requests { get; } = [];

    public static SuiteItem Expecting(string json) => Item with { Expect = JsonSerializer.Deserialize<JsonElement>(json) };

    /// <summary>An answer with the likeliest tokens at every place of it, as log-probabilities.</summary>
    public static EndpointReply Tokens(params (string Text, (string Text, double Probability)[] Likeliest)[] tokens) => ScriptedEndpoint.Body(200, JsonSerializer.Serialize(new
    {
        choices = new[]
        {
            new
            {
                finish_reason = "length",
                message = new { content = string.Concat(tokens.Select(token => token.Text)) },
                logprobs = new { content = tokens.Select(token => new { token = token.Text, logprob = -0.1, top_logprobs = token.Likeliest.Select(one => new { token = one.Text, logprob = Math.Log(one.Probability) }) }) },
            },
        },
    }));

    /// <summary>Which of two texts stands first in what was asked.</summary>
    public static bool StandsFirst(ChatRequest request, string one, string other) =>
        request.Turns[1].Content.IndexOf(one, StringComparison.Ordinal) < request.Turns[1].Content.IndexOf(other, StringComparison.Ordinal);

    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _client.Dispose();
}
