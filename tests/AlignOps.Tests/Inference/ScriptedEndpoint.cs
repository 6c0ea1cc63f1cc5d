using System.Text;
using System.Text.Json;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Requests;

namespace AlignOps.Tests.Inference;

/// <summary>An endpoint that says what a test wants, at once.</summary>
internal sealed class ScriptedEndpoint(Func<ChatRequest, int, CancellationToken, Task<EndpointReply>> reply) : IChatEndpoint
{
    private int _asked;

    public ScriptedEndpoint(Func<int, EndpointReply> reply) : this((_, number, _) => Task.FromResult(reply(number)))
    {
    }

    public int Asked => _asked;

    public static EndpointReply Says(string text, int input = 10, int output = 5) => Body(200, JsonSerializer.Serialize(new
    {
        choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = text } } },
        usage = new { prompt_tokens = input, completion_tokens = output },
    }));

    public static EndpointReply Body(int status, string body, TimeSpan? retryAfter = null) => new(status, Encoding.UTF8.GetBytes(body), retryAfter);

    public Task<EndpointReply> SendAsync(ChatRequest request, CancellationToken cancellationToken) => reply(request, Interlocked.Increment(ref _asked), cancellationToken);
}
