using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Rows;

/// <summary>
/// Thumbs that people gave in serving, as waiting rows of the pipeline that answered. An answer that did not come to
/// its own end, and one whose record has expired or whose conversation was cut there, gives none.
/// </summary>
internal sealed class ServedThumbs(IDatabase database, IOptions<IntakeOptions> options, TimeProvider time)
{
    public const string PushedBy = "serving";

    private const int AtOnce = 5000;

    /// <summary>Keeps the thumbs that are new; of one pipeline, or of all.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> KeepAsync(string? pipeline, CancellationToken cancellationToken)
    {
        var thumbs = await NewAsync(pipeline, cancellationToken);
        return thumbs.Count == 0 ? 0 : await database.WriteAsync((work, token) => KeepAsync(work, thumbs, token), cancellationToken);
    }

    private async Task<int> KeepAsync(IUnitOfWork work, IReadOnlyList<ServedThumb> thumbs, CancellationToken cancellationToken)
    {
        var (kept, now) = (0, time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var thumb in thumbs)
        {
            if (Row(thumb) is { } row && await WaitingRows.AddAsync(work, thumb.Pipeline, PushedBy, row, now, cancellationToken))
            {
                kept++;
            }

            await work.Connection.ExecuteAsync(new CommandDefinition(
                "insert into intake_served(feedback_id) values (@FeedbackId) on conflict (feedback_id) do nothing", new { thumb.FeedbackId }, work.Transaction, cancellationToken: cancellationToken));
        }

        return kept;
    }

    private async Task<IReadOnlyList<ServedThumb>> NewAsync(string? pipeline, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return [.. await connection.QueryAsync<ServedThumb>(new CommandDefinition(
            $"""
            select t.feedback_id as FeedbackId, t.pipeline as Pipeline, t.label as Label, t.text as Text, t.request as Request, t.answer as Answer
            from serving_v_thumbs t
            where not exists (select 1 from intake_served s where s.feedback_id = t.feedback_id){(pipeline is null ? "" : " and t.pipeline = @pipeline")}
            order by t.at, t.feedback_id limit @AtOnce
            """,
            new { pipeline, AtOnce },
            cancellationToken: cancellationToken))];
    }

    private FeedbackRow? Row(ServedThumb thumb)
    {
        try
        {
            var messages = JsonSerializer.Deserialize<ChatMessage[]>(thumb.Request, JsonSerializerOptions.Web) ?? [];
            var sound = messages is [.., { Role: "user" }] && messages.All(m => m.Role is "system" or "user" or "assistant" && m.Content is not null) && thumb.Answer.Trim().Length > 0;
            return sound && messages.Length <= options.Value.Row.Turns
                ? new FeedbackRow(FeedbackKind.Thumb, messages, [new Candidate(thumb.Answer, Label: thumb.Label == "up", Critique: thumb.Text)], new Provenance("", 0, "served", PushedBy))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
