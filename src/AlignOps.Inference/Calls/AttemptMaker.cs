using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Calls;

/// <summary>Makes one attempt: waits for the rate, reserves, writes down that it begins, sends, reads, settles, writes down how it ended.</summary>
internal sealed partial class AttemptMaker(IChatEndpoint endpoint, ICallRecord record, Budget budget, Tariff tariff, RateGate rate, TimeSpan timeout, TimeProvider time)
{
    public async Task<Attempt> MakeAsync(string key, ChatRequest request, CancellationToken cancellationToken)
    {
        var bound = request.InputTokenBound + request.MaxOutputTokens;
        await rate.PassAsync(bound, cancellationToken);
        using var reservation = await budget.ReserveAsync(tariff.Of(request.InputTokenBound, request.MaxOutputTokens), cancellationToken);
        if (reservation is null)
        {
            rate.Return(bound);
            return new Attempt(CallOutcome.OverBudget, null, default, null, "what is left of the budget cannot pay for the call");
        }

        var id = await record.BeginAsync(key, reservation.Most, cancellationToken);
        Attempt attempt;
        try
        {
            attempt = await SendAsync(request, reservation.Most, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Sent or not, nobody can tell; the reservation counts as spent, here and in the record.
            await record.EndAsync(id, key, CallOutcome.Abandoned, reservation.Most, null, CancellationToken.None);
            throw;
        }

        reservation.Settle(attempt.Charged);
        if (attempt.Charged.Tokens < bound) rate.Return((int)(bound - attempt.Charged.Tokens));
        await record.EndAsync(id, key, attempt.Outcome, attempt.Charged, attempt.Outcome.IsAnswer() ? attempt.Answer : null, cancellationToken);
        return attempt;
    }

    private async Task<Attempt> SendAsync(ChatRequest request, Spend most, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Read(await endpoint.SendAsync(request, either.Token).WaitAsync(either.Token), most);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A third party's pipeline can throw anything; the call ends by name all the same. Messages may quote what was sent, so only the kind is told.
            return Causes(fault) switch
            {
                var causes when causes.OfType<ResponseTooLargeException>().FirstOrDefault() is { } large => new Attempt(CallOutcome.TooLarge, null, most, null, large.Message),
                _ when limit.IsCancellationRequested => new Attempt(CallOutcome.TimedOut, null, most, null, $"no whole response within {timeout.TotalSeconds:0.#} s"),
                var causes => new Attempt(CallOutcome.Unreachable, null, most, null, causes.OfType<HttpRequestException>().FirstOrDefault() is { } http ? $"{http.HttpRequestError}" : fault.GetType().Name),
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new OperationCanceledException("The asker went away.", fault, cancellationToken);
        }
    }

    private Attempt Read(EndpointReply reply, Spend most)
    {
        if (reply.Status is < 200 or > 299) return Turned(reply, most);
        var (answer, fault) = AnswerReader.Read(reply.Body);
        if (answer is null) return new Attempt(CallOutcome.Malformed, null, most, null, fault);

        var charged = answer is { InputTokens: { } input, OutputTokens: { } output } ? tariff.Of(input, output) : most;
        return new Attempt(answer.Refusal is null ? CallOutcome.Answered : CallOutcome.Refused, answer, charged, null, answer.Refusal);
    }

    private static Attempt Turned(EndpointReply reply, Spend most)
    {
        var code = ErrorCode(reply.Body);
        var detail = code is null ? $"HTTP {reply.Status}" : $"HTTP {reply.Status}, {code}";
        return reply.Status switch
        {
            429 => new Attempt(CallOutcome.RateLimited, null, default, reply.RetryAfter, detail),
            408 => new Attempt(CallOutcome.TimedOut, null, most, reply.RetryAfter, detail),

            // A server that failed half-way may have billed the first half.
            >= 500 => new Attempt(CallOutcome.ServerError, null, most, reply.RetryAfter, detail),
            400 when code is "content_filter" or "content_policy_violation" => new Attempt(CallOutcome.Refused, new ChatAnswer("", code, false, null, null), default, null, code),
            _ => new Attempt(CallOutcome.Rejected, null, default, null, detail, OfThisRequest: reply.Status is 400 or 413 or 422),
        };
    }

    /// <summary>The error's code where it looks like one; its message may quote the key.</summary>
    private static string? ErrorCode(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                && Code().IsMatch(code.GetString()!) ? code.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException) yield return cause;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex Code();
}
