using System.ClientModel;
using System.ClientModel.Primitives;
using AlignOps.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace AlignOps.Tests.Serving;

/// <summary>OpenAI's own client for .NET against a real server with a real, tiny policy: what it understands is what its users' programs get.</summary>
public sealed class OpenAiClientTests : IAsyncLifetime
{
    private static readonly ChatMessage[] Hello = [new SystemChatMessage("Be kind."), new UserChatMessage("Hello")];

    private readonly ServingHost _host = new();
    private string _key = "";

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.PromoteAsync(1);
        await _host.UntilServedAsync(1);
        _key = (await _host.Services.GetRequiredService<IAccessKeys>().CreateAsync("app", AccessRole.Admin, "test", default)).Key!;
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Chat_Answers()
    {
        var result = await Client().CompleteChatAsync(Hello, new ChatCompletionOptions { MaxOutputTokenCount = 5, Temperature = 0 });
        var completion = result.Value;

        Assert.Equal((ChatMessageRole.Assistant, "support@1"), (completion.Role, completion.Model));
        Assert.Contains(completion.FinishReason, new[] { ChatFinishReason.Stop, ChatFinishReason.Length });
        Assert.InRange(completion.Usage.OutputTokenCount, 0, 5);
        Assert.Equal(completion.Usage.TotalTokenCount, completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount);
        Assert.NotNull(Assert.Single(completion.Content).Text);
        Assert.True(result.GetRawResponse().Headers.TryGetValue("X-Inference-Id", out var id));
        Assert.Equal(completion.Id, id);
    }

    [Fact]
    public async Task Streaming_SaysWhatTheWholeAnswerSays()
    {
        var options = Sampled();
        var whole = (await Client().CompleteChatAsync(Hello, options)).Value;

        var (text, ids, roles, reasons) = ("", new HashSet<string>(), 0, new List<ChatFinishReason>());
        ChatTokenUsage? usage = null;
        await foreach (var update in Client().CompleteChatStreamingAsync(Hello, Sampled()))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            ids.Add(update.CompletionId);
            roles += update.Role == ChatMessageRole.Assistant ? 1 : 0;
            reasons.AddRange(update.FinishReason is { } reason ? [reason] : []);
            usage ??= update.Usage;
        }

        Assert.Equal(whole.Content[0].Text, text);
        Assert.Equal(whole.FinishReason, Assert.Single(reasons));
        Assert.Equal((1, 1), (ids.Count, roles));
        Assert.Equal(whole.Usage.TotalTokenCount, usage!.TotalTokenCount);
    }

    [Fact]
    public async Task LogProbabilities_AreADistributionAndThoseOfTheAnswer()
    {
        var options = Sampled();
        (options.IncludeLogProbabilities, options.TopLogProbabilityCount, options.Temperature) = (true, 20, 0);
        var completion = (await Client().CompleteChatAsync(Hello, options)).Value;

        Assert.Equal(completion.Usage.OutputTokenCount, completion.ContentTokenLogProbabilities.Count);
        Assert.Equal(completion.Content[0].Text, string.Concat(completion.ContentTokenLogProbabilities.Select(token => token.Token)));
        Assert.All(completion.ContentTokenLogProbabilities, token =>
        {
            var tops = token.TopLogProbabilities.Select(top => top.LogProbability).ToArray();
            Assert.Equal(20, tops.Length);
            Assert.Equal(tops.OrderDescending(), tops);
            Assert.InRange(tops.Sum(value => Math.Exp(value)), 0, 1.0001);
            Assert.Equal(tops[0], token.LogProbability);
        });

        List<StreamingChatCompletionUpdate> updates = [];
        await foreach (var update in Client().CompleteChatStreamingAsync(Hello, options))
        {
            updates.Add(update);
        }

        Assert.Equal(
            completion.ContentTokenLogProbabilities.Select(token => token.LogProbability),
            updates.SelectMany(update => update.ContentTokenLogProbabilities).Select(token => token.LogProbability));
    }

    [Fact]
    public async Task Seed_SameOneSameAnswer_AndAStopCutsIt()
    {
        var first = (await Client().CompleteChatAsync(Hello, Sampled())).Value.Content[0].Text;
        Assert.Equal(first, (await Client().CompleteChatAsync(Hello, Sampled())).Value.Content[0].Text);

        var stop = first.Substring(first.Length / 2, 1);
        var options = Sampled();
        options.StopSequences.Add(stop);
        var cut = (await Client().CompleteChatAsync(Hello, options)).Value;
        Assert.Equal((first[..first.IndexOf(stop, StringComparison.Ordinal)], ChatFinishReason.Stop), (cut.Content[0].Text, cut.FinishReason));
    }

    [Fact]
    public async Task Models_AreListedAndFound()
    {
        var client = new OpenAIModelClient(new ApiKeyCredential(_key), Options());

        Assert.Equal(["support", "support@1"], (await client.GetModelsAsync()).Value.Select(model => model.Id));
        Assert.Equal("support@1", (await client.GetModelAsync("support@1")).Value.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => client.GetModelAsync("nobody"))).Status);
    }

    [Fact]
    public async Task Errors_ArriveAsTheClientExpectsThem()
    {
        await AssertRefusedAsync(Client("nobody"), Hello, 404, "model_not_found");
        await AssertRefusedAsync(Client(key: "ao_wrong"), Hello, 401, "invalid_api_key");
        await AssertRefusedAsync(Client(), [new UserChatMessage(new string('x', 2000))], 400, "context_length_exceeded");
        await AssertRefusedAsync(Client(), Hello, 400, "decimal_above_max_value", new ChatCompletionOptions { Temperature = 3 }, "temperature");
        await AssertRefusedAsync(Client(), Hello, 400, "unsupported_parameter", new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("f") } }, "tools");
    }

    private static ChatCompletionOptions Sampled() => new()
    {
        MaxOutputTokenCount = 12, Temperature = 1,
#pragma warning disable OPENAI001 // The client marks the seed as experimental.
        Seed = 11,
#pragma warning restore OPENAI001
    };

    private static async Task AssertRefusedAsync(
        ChatClient client, ChatMessage[] messages, int status, string code, ChatCompletionOptions? options = null, string? parameter = null)
    {
        var whole = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync(messages, options));
        var streamed = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (var _ in client.CompleteChatStreamingAsync(messages, options))
            {
            }
        });

        Assert.All([whole, streamed], exception =>
        {
            Assert.Equal(status, exception.Status);
            Assert.Contains(code, exception.Message, StringComparison.Ordinal);
            Assert.Contains(parameter ?? "", exception.Message, StringComparison.Ordinal);
        });
    }

    private ChatClient Client(string model = "support", string? key = null) => new(model, new ApiKeyCredential(key ?? _key), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(_host.Http.BaseAddress!, "/v1"), RetryPolicy = new ClientRetryPolicy(0) };
}
