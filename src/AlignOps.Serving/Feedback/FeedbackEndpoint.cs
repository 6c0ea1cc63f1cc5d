using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving.Feedback;

internal static class FeedbackEndpoint
{
    private const int LongestText = 16_384;

    private static readonly string[] Labels = ["up", "down"];

    /// <summary><c>POST /v1/feedback</c>.</summary>
    public static async Task<IResult> PostAsync(HttpContext context, FeedbackStore store)
    {
        var (body, unreadable) = await OpenAiBody.ReadAsync(context);
        if (unreadable is not null)
        {
            return OpenAiResults.Refuse(unreadable);
        }

        FeedbackRequest? request;
        try
        {
            request = body.Deserialize<FeedbackRequest>(OpenAiResults.Json);
        }
        catch (JsonException exception)
        {
            return OpenAiResults.Refuse(OpenAiError.Invalid("invalid_json", null, $"The body is not the JSON of a feedback: {exception.Message}"));
        }

        if (Fault(request) is { } fault)
        {
            return OpenAiResults.Refuse(fault);
        }

        var id = await store.AddAsync(request!, context.User.Identity?.Name ?? "anonymous", context.RequestAborted);
        return id is null
            ? OpenAiResults.Refuse(OpenAiError.NotFound("unknown_inference", "inference_id", $"There is no answer '{request!.InferenceId}' on record; use the id that the chat completion carried."))
            : OpenAiResults.Ok(new { id, request!.InferenceId });
    }

    private static OpenAiError? Fault(FeedbackRequest? request) => request switch
    {
        null or { InferenceId: null or "" } => OpenAiError.Invalid("missing_parameter", "inference_id", "'inference_id' is missing: it is the id of the chat completion."),
        { Label: null, Score: null, Text: null or "" } => OpenAiError.Invalid("missing_parameter", "label", "A feedback needs a 'label' (up or down), a 'score' or a 'text'."),
        { Label: { } label } when !Labels.Contains(label, StringComparer.Ordinal) => OpenAiError.Invalid("invalid_value", "label", $"'{label}' is not a label; write up or down."),
        { Score: { } score } when !double.IsFinite(score) => OpenAiError.Invalid("invalid_value", "score", "'score' must be a finite number."),
        { InferenceId: { } inference } when inference.Contains('\0', StringComparison.Ordinal) => OpenAiError.Invalid("invalid_value", "inference_id", "'inference_id' holds a NUL character."),
        { Text: { } text } when text.Contains('\0', StringComparison.Ordinal) => OpenAiError.Invalid("invalid_value", "text", "'text' holds a NUL character; leave it out."),
        { Text.Length: > LongestText } => OpenAiError.Invalid("invalid_value", "text", $"'text' is longer than {LongestText} characters."),
        _ => null,
    };
}
