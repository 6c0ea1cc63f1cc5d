using System.Text.Json;
using AlignOps.Serving.Chat;

namespace AlignOps.Tests.Serving;

public class ChatRequestReaderTests
{
    [Fact]
    public void Read_FullRequest_TakesEveryParameter()
    {
        var (request, error) = Read("""
            {"model":"support@3","messages":[{"role":"system","content":"Be kind."},{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"!"}]}],
             "temperature":0,"top_p":0.9,"max_completion_tokens":7,"seed":-4,"n":1,"stream":false,"user":"u","stop":null}
            """);

        Assert.Null(error);
        Assert.Equal(("support", 3, 0d, 0.9, 7, -4L), (request!.Pipeline, request.Version, request.Temperature, request.TopP, request.MaxTokens, request.Seed));
        Assert.Equal(["Be kind.", "Hi!"], request.Messages.Select(message => message.Content));
    }

    [Theory]
    [InlineData("""[]""", "invalid_json", null)]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", "missing_parameter", "model")]
    [InlineData("""{"model":"m"}""", "missing_parameter", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "missing_parameter", "messages")]
    [InlineData("""{"model":"m@x","messages":[{"role":"user","content":"x"}]}""", "invalid_value", "model")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x"}]}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "invalid_value", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":"x"}]}""", "invalid_value", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}""", "invalid_value", "temperature")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"top_p":0}""", "invalid_value", "top_p")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "invalid_value", "max_tokens")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"stream":true}""", "unsupported_parameter", "stream")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":2}""", "unsupported_parameter", "n")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[]}""", "unsupported_parameter", "tools")]
    public void Read_WhatItCannotDo_IsRefusedByName(string body, string code, string? parameter)
    {
        var (request, error) = Read(body);

        Assert.Null(request);
        Assert.Equal((400, code, parameter), (error!.Status, error.Code, error.Param));
    }

    private static (ChatRequest? Request, AlignOps.Serving.OpenAiError? Error) Read(string json)
    {
        using var body = JsonDocument.Parse(json);
        return ChatRequestReader.Read(body.RootElement.Clone());
    }
}
