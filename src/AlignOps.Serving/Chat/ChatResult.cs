using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Serving.Chat;

/// <summary>Gives a session out, whole or as a stream. An engine that fails before anything went out is an error like any other.</summary>
internal sealed partial class ChatResult(ChatSession session) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (session)
        {
            try
            {
                httpContext.Response.Headers[ChatHeader.InferenceHeader] =
                    string.Join(',', Enumerable.Range(0, session.Request.Choices).Select(session.Header.InferenceId));
                httpContext.Response.Headers[Roles.Answer] = session.Role;
                await (session.Request.Stream ? ChatStream.WriteAsync(session, httpContext) : WriteWholeAsync(httpContext));
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // Nobody is left to be answered.
            }
            catch (Exception exception)
            {
                LogFailed(httpContext.RequestServices.GetRequiredService<ILogger<ChatResult>>(), exception, session.Header.Model);
                await ApologiseAsync(httpContext);
            }
        }
    }

    private async Task WriteWholeAsync(HttpContext context)
    {
        var completion = await ChatAssembly.WholeAsync(session, context.RequestAborted);
        await OpenAiResults.Ok(completion).ExecuteAsync(context);
    }

    private Task ApologiseAsync(HttpContext context)
    {
        var error = OpenAiError.Failed($"{session.Header.Model} could not answer; the server's log says why.");
        if (context.Response.HasStarted)
        {
            return ChatStream.WriteEventAsync(context, new OpenAiResults.ErrorBody(error));
        }

        context.Response.Headers.Remove(ChatHeader.InferenceHeader);
        return OpenAiResults.Refuse(error).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Model} could not answer")]
    private static partial void LogFailed(ILogger logger, Exception exception, string model);
}
