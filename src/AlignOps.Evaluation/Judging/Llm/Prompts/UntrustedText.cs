using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Data;

namespace AlignOps.Evaluation.Judging.Llm.Prompts;

/// <summary>
/// Text that others wrote, made fit to be shown to a judge: without the control tokens by which chat templates tell who speaks and without invisible control characters, and as JSON, so
/// that no line break or quotation mark of it can be taken for the prompt's own.
/// </summary>
internal static partial class UntrustedText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(string text) => JsonSerializer.Serialize(Clean(text), Options);

    public static string Json(IEnumerable<ChatMessage> messages) => JsonSerializer.Serialize(messages.Select(message => new { role = message.Role, content = Clean(message.Content) }), Options);

    /// <summary>Again until nothing is left: what stands around a token may be one when the token is gone.</summary>
    internal static string Clean(string text)
    {
        string before;
        do
        {
            before = text;
            text = ControlTokens().Replace(Invisible().Replace(before, ""), "");
        }
        while (text.Length < before.Length);
        return text;
    }

    [GeneratedRegex(@"<[|｜][^<>\r\n]{1,64}[|｜]>|</?s>|</?(?:bos|eos|pad|unk|start_of_turn|end_of_turn)>|\[/?INST\]|<</?SYS>>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ControlTokens();

    /// <summary>Control characters but tab and line breaks, marks that turn the direction of writing, zero-width spaces, tag characters; joiners stay, because scripts and emoji need them.</summary>
    [GeneratedRegex(@"[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|\uDB40[\uDC00-\uDC7F]")]
    private static partial Regex Invisible();
}
