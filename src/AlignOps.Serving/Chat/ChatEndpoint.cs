using AlignOps.Platform.Access;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Routing;
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

        var wanted = context.Request.Headers[Roles.Header].ToString();
        if (RoleFault(wanted, context) is { } noRole)
        {
            return OpenAiResults.Refuse(noRole);
        }

        var caller = new ChatCaller(context.User.Identity?.Name ?? "anonymous", wanted.Length == 0 ? null : wanted);
        var (session, refusal) = chat.Open(request!, caller, context.RequestAborted);
        return refusal is null ? new ChatResult(session!) : OpenAiResults.Refuse(refusal);
    }

    /// <summary>Who is answered by what is for the share to decide, and for ops to look behind.</summary>
    private static OpenAiError? RoleFault(string wanted, HttpContext context) => wanted switch
    {
        "" => null,
        _ when !Roles.Known(wanted) => OpenAiError.Invalid("invalid_value", Roles.Header, $"The header {Roles.Header} must be champion, canary or shadow."),
        _ when !context.User.IsInRole(nameof(AccessRole.Ops)) => OpenAiError.Forbidden($"Only a key of role ops may choose the model by {Roles.Header}; leave the header out."),
        _ => null,
    };
}
