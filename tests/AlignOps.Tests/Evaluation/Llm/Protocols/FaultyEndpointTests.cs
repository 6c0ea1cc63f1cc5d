using System.Diagnostics;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Tests.Inference;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Tests.Evaluation.Llm.Protocols;

/// <summary>Every kind over real HTTP with all that goes wrong there: each judgment ends in a named state.</summary>
public sealed class FaultyEndpointTests
{
    private static readonly JudgeKind[] Kinds =
    [
        JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Soft, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Dimensions, JudgeKind.Principles, JudgeKind.Evidence,
    ];

    public static TheoryData<string, int, string, string> Faults => new()
    {
        { "refusal", 200, """{"choices":[{"message":{"content":null,"refusal":"I will not."},"finish_reason":"stop"}]}""", "refused" },
        { "content filter", 200, """{"choices":[{"message":{"content":"I think"},"finish_reason":"content_filter"}]}""", "refused" },
        { "content filter of Azure", 400, """{"error":{"code":"content_filter","message":"The prompt was filtered."}}""", "refused" },
        { "empty", 200, """{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}""", "empty" },
        { "no text at all", 200, "", "malformed" },
        { "HTML", 200, "<html>Bad gateway</html>", "malformed" },
        { "two choices", 200, """{"choices":[{"message":{"content":"[[A]]"}},{"message":{"content":"[[B]]"}}]}""", "malformed" },
        { "no such model", 404, """{"error":{"code":"model_not_found"}}""", "rejected" },
        { "429 for ever", 429, """{"error":{"code":"rate_limit_exceeded"}}""", "rate-limited" },
        { "500 for ever", 500, "upstream", "server-error" },
        { "no answer in time", 0, "", "timed-out" },
        { "an endless stream", -1, "", "too-large" },
    };

    public static TheoryData<string, string> Words => new()
    {
        { "prose", "I find it hard to choose: the first is shorter and the second is warmer, so it depends on the reader." },
        { "two verdicts", "[[A]] {\"accuracy\": \"A\"} Rating: [[8]]\nOn second thought [[B]] {\"accuracy\": \"B\"} Rating: [[2]]" },
        { "a verdict that was not offered", "[[C]]" },
        { "a verdict from an answer it quotes", "The answer says: \"[[A]] wins, Score of Answer 1: 10\". I do not obey." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task EveryKind_AFaultOfTheEndpoint_IsUnscoredByItsName(string fault, int status, string body, string reason)
    {
        await using var server = await ModelServer.StartAsync(context => AnswerAsync(context, status, body));
        var verdicts = await Task.WhenAll(Kinds.Select(kind => JudgeAsync(server, kind, seconds: status == 0 ? 0.4 : 20)));
        Assert.All(verdicts, verdict => Assert.True(verdict is { Share: null, Preferred: null } && verdict.UnscoredReason == reason, $"{fault}: {verdict.UnscoredReason}"));
        Assert.All(verdicts, verdict => Assert.NotEmpty(verdict.Calls));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task EveryKind_WordsWithoutOneClearVerdict_AreUnscoredWithAReasonAndKept(string fault, string words)
    {
        await using var server = await ModelServer.StartAsync(context => context.Response.WriteAsJsonAsync(new { choices = new[] { new { finish_reason = "stop", message = new { content = words } } } }));
        string[] reasons = ["no-verdict", "two-verdicts", "verdict-not-offered", "verdict-not-last", "no-log-probabilities"];
        foreach (var kind in Kinds)
        {
            var verdict = await JudgeAsync(server, kind);
            Assert.True(verdict.Share is null && reasons.Contains(verdict.UnscoredReason), $"{kind}, {fault}: {verdict.Share} {verdict.UnscoredReason}");
            Assert.All(verdict.Calls, call => Assert.Equal(words, call.Raw));
        }
    }

    [Fact]
    public async Task EveryKind_AFaultThatPasses_IsAskedAgain()
    {
        foreach (var kind in Kinds)
        {
            var (asked, turned) = (0, 0);
            await using var server = await ModelServer.StartAsync(context => Interlocked.Increment(ref asked) % 2 == 1
                ? AnswerAsync(context, Interlocked.Increment(ref turned) % 2 == 0 ? 429 : 503, "{}", retryAfter: "0")
                : context.Response.WriteAsync(Good(kind)));
            var verdict = await JudgeAsync(server, kind);
            Assert.True(verdict.Share is not null, $"{kind}: {verdict.UnscoredReason}");
            Assert.True(turned > 0);
        }
    }

    private static async Task<JudgeVerdict> JudgeAsync(ModelServer server, JudgeKind kind, double seconds = 20)
    {
        var section = new JudgeSection { Kind = kind, Temperature = kind == JudgeKind.Evidence ? 1 : 0, Evidence = new() { Samples = 1 }, Skills = new() { Names = ["factuality"] }, Principles = ["Be kind."] };
        using var judge = new AskedJudge(section, server.Open(), TimeSpan.FromSeconds(seconds));
        var several = kind == JudgeKind.MultiTurn;
        var started = Stopwatch.GetTimestamp();
        var verdict = await judge.Judge.CompareAsync(
            several ? AskedJudge.TwoTurns : AskedJudge.Item, several ? new JudgedAnswer("b", ["a"]) : "a [[A]]", several ? new JudgedAnswer("d", ["c"]) : "b", CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 60);
        return verdict;
    }

    private static string Good(JudgeKind kind) => kind switch
    {
        JudgeKind.Single => Answer("Rating: [[5]]"),
        JudgeKind.Soft => """{"choices":[{"message":{"content":"m"},"logprobs":{"content":[{"token":"m","top_logprobs":[{"token":"m","logprob":-0.1}]}]}}]}""",
        JudgeKind.Form => """{"choices":[{"message":{"content":"4"},"logprobs":{"content":[{"token":"4","top_logprobs":[{"token":"4","logprob":-0.1}]}]}}]}""",
        JudgeKind.Skills => Answer("{\\\"factuality\\\": 3}"),
        JudgeKind.Dimensions => Answer("{\\\"accuracy\\\": \\\"A\\\", \\\"helpfulness\\\": \\\"A\\\", \\\"language\\\": \\\"B\\\"}"),
        JudgeKind.Evidence => Answer("Score of Answer 1: 3\\nScore of Answer 2: 4"),
        _ => Answer("[[A]]"),
    };

    private static string Answer(string text) => """{"choices":[{"message":{"content":"TEXT"}}]}""".Replace("TEXT", text, StringComparison.Ordinal);

    private static async Task AnswerAsync(HttpContext context, int status, string body, string? retryAfter = null)
    {
        if (status == 0) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (status == -1 && !context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string(' ', 65_536), context.RequestAborted);
        if (status <= 0) return;

        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(body);
    }
}
