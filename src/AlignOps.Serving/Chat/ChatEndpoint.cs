using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Sessions;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving.Chat;

internal static class ChatEndpoint
{
    /// <summary><c>POST /v1/chat/completions</c>.</summary>
    public static async Task<IResult> PostAsync(HttpContext context, ChatService chat)
    {
        var (body, unreadable) = await OpenAiBody.ReadAsync(context);
        if (unreadable is not null)
        {
            return OpenAiResults.Refuse(unreadable);
        }

        var (request, fault) = ChatRequestReader.Read(body);
        if (fault is not null)
        {
            return OpenAiResults.Refuse(fault);
        }

        var (session, refusal) = chat.Open(request!, new ChatCaller(context.User.Identity?.Name ?? "anonymous"), context.RequestAborted);
        return refusal is null ? new ChatResult(session!) : OpenAiResults.Refuse(refusal);
    }
}
