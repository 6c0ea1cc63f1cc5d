using System.Text.Json;
using AlignOps.Serving;
using AlignOps.Serving.Chat.Requests;

namespace AlignOps.Tests.Serving;

public class ChatRequestReaderTests
{
    [Fact]
    public void Read_FullRequest_TakesEveryParameter()
    {
        var (request, error) = Read("""
            {"model":"support@3","messages":[{"role":"developer","content":"Be kind."},{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"!"}],"name":"Ann"}],
             "temperature":0,"top_p":0.9,"max_completion_tokens":7,"seed":-4,"n":3,"stop":["\n","END"],"logprobs":true,"top_logprobs":20,
             "stream":true,"stream_options":{"include_usage":true},"user":"u","store":false,"metadata":{"a":"b"}}
            """);

        Assert.Null(error);
        Assert.Equal(("support", 3, 0d, 0.9, 7, -4L), (request!.Pipeline, request.Version, request.Temperature, request.TopP, request.MaxTokens, request.Seed));
        Assert.Equal((3, true, 20, true, true, "u"), (request.Choices, request.LogProbabilities, request.TopLogProbabilities, request.Stream, request.StreamUsage, request.User));
        Assert.Equal(["\n", "END"], request.Stop);
        Assert.Equal([("system", "Be kind."), ("user", "Hi!")], request.Messages.Select(message => (message.Role, message.Content)));
    }

    [Fact]
    public void Read_LeftOutOrNull_IsLeftOpen()
    {
        var (request, error) = Read(Start + """
            ,"temperature":null,"top_p":null,"max_tokens":null,"seed":null,"n":null,"stop":null,"logprobs":null,"top_logprobs":null,"stream":null,
             "stream_options":null,"frequency_penalty":0,"presence_penalty":0.0,"logit_bias":{},"tools":[],"tool_choice":"none","response_format":{"type":"text"}}
            """);

        Assert.Null(error);
        Assert.Equal(new ChatRequest("m", null, request!.Messages) { Stop = request.Stop }, request);
        Assert.Empty(request.Stop);
    }

    [Theory]
    [InlineData("support@canary", "support@canary", null)]
    [InlineData("a@b@12", "a@b", 12)]
    [InlineData("@1", "@1", null)]
    [InlineData("m@-1", "m@-1", null)]
    [InlineData("m@99999999999", "m@99999999999", null)]
    public void Read_ModelName_OnlyAVersionNumberIsAVersion(string model, string pipeline, int? version)
    {
        var (request, _) = Read($$"""{"model":"{{model}}","messages":[{"role":"user","content":"x"}]}""");

        Assert.Equal((pipeline, version), (request!.Pipeline, request.Version));
    }

    [Theory]
    [InlineData("""[]""", "invalid_json", null)]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "missing_required_parameter", "model")]
    [InlineData("""{"model":7}""", "invalid_type", "model")]
    [InlineData("""{"model":"m"}""", "missing_required_parameter", "messages")]
    [InlineData("""{"model":"m","messages":"x"}""", "invalid_type", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "empty_array", "messages")]
    [InlineData("""{"model":"m","messages":["x"]}""", "invalid_type", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "missing_required_parameter", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x"}]}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "missing_required_parameter", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "invalid_type", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "invalid_value", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":"x"}]}""", "invalid_value", "messages")]
    public void Read_WithoutAConversation_IsRefusedByName(string body, string code, string? parameter) => AssertRefused(body, code, parameter);

    [Theory]
    [InlineData("temperature", "3", "decimal_above_max_value")]
    [InlineData("temperature", "-0.1", "decimal_below_min_value")]
    [InlineData("temperature", "\"hot\"", "invalid_type")]
    [InlineData("top_p", "1.5", "decimal_above_max_value")]
    [InlineData("max_tokens", "0", "integer_below_min_value")]
    [InlineData("max_tokens", "4000000000", "integer_above_max_value")]
    [InlineData("max_completion_tokens", "1.5", "invalid_type")]
    [InlineData("seed", "1e30", "invalid_type")]
    [InlineData("n", "0", "integer_below_min_value")]
    [InlineData("n", "129", "integer_above_max_value")]
    [InlineData("stop", "7", "invalid_type")]
    [InlineData("stop", "\"\"", "string_below_min_length")]
    [InlineData("stop", """["1","2","3","4","5"]""", "array_above_max_length")]
    [InlineData("logprobs", "1", "invalid_type")]
    [InlineData("top_logprobs", "21", "integer_above_max_value")]
    [InlineData("top_logprobs", "2", "invalid_value")]
    [InlineData("stream", "\"yes\"", "invalid_type")]
    [InlineData("stream_options", """{"include_usage":true}""", "invalid_value")]
    [InlineData("stream_options", "true", "invalid_type")]
    [InlineData("tools", """[{"type":"function"}]""", "unsupported_parameter")]
    [InlineData("response_format", """{"type":"json_object"}""", "unsupported_parameter")]
    [InlineData("frequency_penalty", "0.5", "unsupported_parameter")]
    [InlineData("logit_bias", """{"5":-100}""", "unsupported_parameter")]
    [InlineData("temprature", "1", "unknown_parameter")]
    public void Read_BadParameter_IsRefusedByName(string parameter, string value, string code) => AssertRefused(Start + $",\"{parameter}\":{value}" + "}", code, parameter);

    [Fact]
    public void Read_BadItem_IsNamedByItsPlace() => AssertRefused(Start + ""","stop":["a",""]}""", "string_below_min_length", "stop[1]");

    private const string Start = """{"model":"m","messages":[{"role":"user","content":"x"}]""";

    private static void AssertRefused(string body, string code, string? parameter)
    {
        var (request, error) = Read(body);

        Assert.Null(request);
        Assert.Equal((400, "invalid_request_error", code, parameter), (error!.Status, error.Type, error.Code, error.Param));
        Assert.True(parameter is null || error.Message.Contains($"'{parameter}'", StringComparison.Ordinal), error.Message);
    }

    private static (ChatRequest? Request, OpenAiError? Error) Read(string json)
    {
        using var body = JsonDocument.Parse(json);
        return ChatRequestReader.Read(body.RootElement.Clone());
    }
}
