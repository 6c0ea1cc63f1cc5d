using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AlignOps.Tests.Serving;

public sealed class ServingHostTests : IClassFixture<ServingHost>
{
    private readonly ServingHost _host;

    public ServingHostTests(ServingHost host) => _host = host;

    [Fact]
    public async Task Story_AskSwitchUnderLoadAndGiveFeedback()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("support")).Status);

        await _host.PromoteAsync(1);
        await _host.UntilServedAsync(1);
        await AnswersInOpenAisShapeAsync();
        await ListsTheChampionAsync();
        await SameSeedGivesTheSameAnswerAsync();
        await SwitchesUnderLoadAsync();
        await KeepsTheOldOneWhenTheNewCannotBeLoadedAsync();
        await TakesFeedbackOnItsAnswersAsync();
    }

    [Theory]
    [InlineData("/v1/chat/completions", "{", 400, "invalid_json")]
    [InlineData("/v1/chat/completions", """{"model":"nobody","messages":[{"role":"user","content":"Hi"}]}""", 404, "model_not_found")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl-none","label":"up"}""", 404, "unknown_inference")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl-none"}""", 400, "missing_parameter")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl-none","label":"great"}""", 400, "invalid_value")]
    [InlineData("/v1/feedback", """{"label":"up"}""", 400, "missing_parameter")]
    [InlineData("/v1/feedback", "[]", 400, "invalid_json")]
    [InlineData("/v1/chat/completions", """{"model":"support","messages":[{"role":"user","content":"\ud800"}]}""", 400, "invalid_json")]
    [InlineData("/v1/chat/completions", """{"\ud800":1}""", 400, "invalid_json")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl-none","text":"a\ud800"}""", 400, "invalid_json")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl-none","text":"a\u0000"}""", 400, "invalid_value")]
    [InlineData("/v1/feedback", """{"inference_id":"chatcmpl\u0000","label":"up"}""", 400, "invalid_value")]
    public async Task Refusals_AreInOpenAisErrorShape(string path, string body, int status, string code)
    {
        using var response = await _host.Http.PostAsync(path, new StringContent(body, null, "application/json"));

        Assert.Equal(status, (int)response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString()));
        Assert.False(string.IsNullOrEmpty(error.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Refusals_BodyOfManyMegabytes_IsTooLarge()
    {
        // A client that asks first hears the refusal; one that only writes may find the connection closed instead.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(new string(' ', 3_000_000), null, "application/json") };
        request.Headers.ExpectContinue = true;
        using var response = await _host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("request_too_large", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }

    private async Task AnswersInOpenAisShapeAsync()
    {
        var (status, completion) = await AskAsync("support");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith("chatcmpl-", completion.GetProperty("id").GetString());
        Assert.Equal(("chat.completion", "support@1"), (completion.GetProperty("object").GetString(), completion.GetProperty("model").GetString()));
        var choice = Assert.Single(completion.GetProperty("choices").EnumerateArray());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Contains(choice.GetProperty("finish_reason").GetString(), new[] { "stop", "length" });
        var usage = completion.GetProperty("usage");
        Assert.True(usage.GetProperty("prompt_tokens").GetInt32() > 0);
        Assert.Equal(usage.GetProperty("total_tokens").GetInt32(), usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await AskAsync("support@1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("support@9")).Status);
        var tooLong = await AskAsync("support", new string('x', 500));
        Assert.Equal("context_length_exceeded", tooLong.Body.GetProperty("error").GetProperty("code").GetString());
    }

    private async Task ListsTheChampionAsync()
    {
        var models = (await _host.Http.GetFromJsonAsync<JsonElement>("/v1/models")).GetProperty("data").EnumerateArray().ToArray();

        Assert.Equal(["support", "support@1"], models.Select(model => model.GetProperty("id").GetString()));
        Assert.All(models, model => Assert.Equal(64, model.GetProperty("parent").GetString()!.Length));
    }

    private async Task SameSeedGivesTheSameAnswerAsync()
    {
        var alone = Text((await AskAsync("support", seed: 7)).Body);
        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => AskAsync("support", seed: seed)));

        Assert.Equal(alone, Text(together[7].Body));
        Assert.True(together.Select(answer => Text(answer.Body)).Distinct().Count() > 1);
    }

    private async Task SwitchesUnderLoadAsync()
    {
        const int Versions = 6;
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 200).Select(client => Task.Run(async () =>
        {
            var seen = new List<int>();
            while (!stop.IsCancellationRequested)
            {
                var (status, completion) = await AskAsync("support", seed: client);
                Assert.Equal(HttpStatusCode.OK, status);
                seen.Add(Version(completion));
            }

            return seen;
        })).ToArray();
        for (var version = 2; version <= Versions; version++)
        {
            await _host.PromoteAsync(version);
            await _host.UntilServedAsync(version);
        }

        stop.Cancel();
        var answers = await Task.WhenAll(clients);
        Assert.All(answers, seen => Assert.Equal(seen.Order(), seen));
        Assert.True(answers.Sum(seen => seen.Count) > 200);
        Assert.True(answers.SelectMany(seen => seen).Distinct().Count() > 1);
        Assert.Equal(Versions, Version((await AskAsync("support")).Body));
    }

    private async Task KeepsTheOldOneWhenTheNewCannotBeLoadedAsync()
    {
        var before = Version((await AskAsync("support")).Body);
        await _host.RegisterAsync(before + 1, new string('0', 64));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(before, Version((await AskAsync("support")).Body));
        }

        await _host.PromoteAsync(before + 2);
        await _host.UntilServedAsync(before + 2);
    }

    private async Task TakesFeedbackOnItsAnswersAsync()
    {
        var id = (await AskAsync("support")).Body.GetProperty("id").GetString();
        using var response = await _host.Http.PostAsJsonAsync("/v1/feedback", new { inference_id = id, label = "down", score = -0.5, text = "It invented a fact." });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{id} support down -0.5 It invented a fact. local", await _host.ScalarAsync<string>(
            "select inference_id || ' ' || pipeline || ' ' || label || ' ' || score || ' ' || text || ' ' || given_by from serving_v_feedback"));
        Assert.Equal(1, await _host.ScalarAsync<long>($"select count(*) from serving_inference where inference_id = '{id}' and asked_by = 'local' and request like '%Hello%'"));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string model, string question = "Hello", long seed = 1)
    {
        using var response = await _host.Http.PostAsJsonAsync("/v1/chat/completions", new
        {
            model,
            messages = new[] { new { role = "user", content = question } },
            temperature = 1.0,
            max_tokens = 8,
            seed,
        });
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string Text(JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    private static int Version(JsonElement completion) => int.Parse(completion.GetProperty("model").GetString()!.Split('@')[1], CultureInfo.InvariantCulture);
}
