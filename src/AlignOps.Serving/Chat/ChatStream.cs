using System.Text.Json;
using AlignOps.Serving.Chat.Answers;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Chat.Wire;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving.Chat;

/// <summary>Writes a session as server-sent events: a role for every choice, text as it comes, a finish for every choice, the usage where asked for, and [DONE].</summary>
internal static class ChatStream
{
    private static readonly byte[] Prefix = "data: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();

    public static async Task WriteAsync(ChatSession session, HttpContext context)
    {
        // The status is not out before the first token is: an engine that fails at once can still say 500.
        await session.Pieces.WaitToReadAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        for (var index = 0; index < session.Request.Choices; index++)
        {
            await WriteAsync(new ChunkChoice(index, new ChunkDelta("assistant", ""), null, null));
        }

        await foreach (var piece in session.Pieces.ReadAllAsync(context.RequestAborted))
        {
            foreach (var choice in Choices(piece, session.Request.LogProbabilities))
            {
                await WriteAsync(choice);
            }
        }

        if (session.Request.StreamUsage == true)
        {
            await WriteEventAsync(context, ChatChunk.Of(session.Header, []).With(session.Usage));
        }

        await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), context.RequestAborted);

        Task WriteAsync(ChunkChoice choice)
        {
            var chunk = ChatChunk.Of(session.Header, [choice]);
            return WriteEventAsync(context, session.Request.StreamUsage == true ? chunk.With(null) : chunk);
        }
    }

    public static async Task WriteEventAsync(HttpContext context, object value)
    {
        var body = context.Response.Body;
        await body.WriteAsync(Prefix, context.RequestAborted);
        await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), OpenAiResults.Json), context.RequestAborted);
        await body.WriteAsync(End, context.RequestAborted);
        await body.FlushAsync(context.RequestAborted);
    }

    /// <summary>The finish comes in a chunk of its own, after the text that came with it.</summary>
    private static IEnumerable<ChunkChoice> Choices(AnswerPiece piece, bool logProbabilities)
    {
        if (piece.Text.Length > 0 || piece.LogProbabilities.Count > 0)
        {
            yield return new ChunkChoice(
                piece.Index, new ChunkDelta(Content: piece.Text), logProbabilities ? new ChoiceLogProbabilities(piece.LogProbabilities) : null, null);
        }

        if (piece.FinishReason is { } reason)
        {
            yield return new ChunkChoice(piece.Index, new ChunkDelta(), null, reason);
        }
    }
}
