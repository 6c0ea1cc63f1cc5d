using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving.Chat;

internal static class ChatEndpoint
{
    /// <summary><c>POST /v1/chat/completions</c>.</summary>
    public static async Task<IResult> PostAsync(HttpContext context, ChatService chat)
    {
        var cancellationToken = context.RequestAborted;
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
            return OpenAiResults.Refuse(OpenAiError.Invalid("invalid_json", null, $"The body is not JSON: {exception.Message}"));
        }

        using (body)
        {
            var (request, error) = ChatRequestReader.Read(body.RootElement);
            if (error is not null)
            {
                return OpenAiResults.Refuse(error);
            }

            var (completion, refusal) = await chat.AnswerAsync(request!, context.User.Identity?.Name ?? "anonymous", cancellationToken);
            return refusal is null ? OpenAiResults.Ok(completion) : OpenAiResults.Refuse(refusal);
        }
    }
}
