using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AlignOps.Inference.Requests;
using OpenAI.Chat;

namespace AlignOps.Inference.Endpoints;

internal sealed class OpenAiEndpoint(ChatClient client, EndpointOptions options, TimeProvider time) : IChatEndpoint
{
    public async Task<EndpointReply> SendAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(BinaryData.FromString(Body(request).ToJsonString()));
        var result = await client.CompleteChatAsync(content, new RequestOptions { CancellationToken = cancellationToken, ErrorOptions = ClientErrorBehaviors.NoThrow });
        var response = result.GetRawResponse();
        return new EndpointReply(response.Status, response.Content.ToMemory(), response.Headers.TryGetValue("Retry-After", out var wait) ? RetryAfter(wait) : null);
    }

    private JsonObject Body(ChatRequest request)
    {
        var body = new JsonObject
        {
            ["model"] = options.Model,
            ["messages"] = new JsonArray([.. request.Turns.Select(turn => new JsonObject { ["role"] = turn.Role, ["content"] = turn.Content })]),
            ["temperature"] = request.Temperature,
            [options.OutputLimitName] = request.MaxOutputTokens,
        };
        if (request.Seed is { } seed) body["seed"] = seed;
        if (request.TopLogProbabilities is { } top) (body["logprobs"], body["top_logprobs"]) = (true, top);
        return body;
    }

    /// <summary>Seconds or a date, RFC 9110 10.2.3; null for what is neither, and never negative.</summary>
    private TimeSpan? RetryAfter(string? header)
    {
        if (double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.FromDays(1).TotalSeconds) return TimeSpan.FromSeconds(seconds);
        if (!RetryConditionHeaderValue.TryParse(header, out var parsed) || parsed.Date is not { } date) return null;
        var wait = date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
