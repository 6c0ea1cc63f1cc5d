using AlignOps.Data.Checks;

namespace AlignOps.Data.Formats;

/// <summary>
/// HH-RLHF: <c>chosen</c> and <c>rejected</c> are whole transcripts; the prompt is their longest common prefix, cut at its last
/// "\n\nAssistant:". Transcripts that part before the last turn keep later turns in the answer and meet the role-marker check.
/// </summary>
internal sealed class HhRlhfReader : IFormatReader
{
    public string Name => "hh-rlhf";

    public string Keys => "chosen, rejected, both transcripts";

    public IReadOnlyList<string> Refines => ["trl-preference"];

    public bool Recognises(RowFields fields) =>
        !fields.Has("prompt") && !fields.IsList("chosen") && !fields.IsList("rejected") && (Opens(fields, "chosen") || Opens(fields, "rejected"));

    public RowContent Read(RowFields fields)
    {
        var chosen = fields.Answer("chosen");
        var rejected = fields.Answer("rejected");
        var shared = chosen.AsSpan(0, chosen.AsSpan().CommonPrefixLength(rejected));
        var cut = shared.LastIndexOf(Transcript.AssistantMarker, StringComparison.Ordinal);
        if (cut < 0)
        {
            fields.Fail(RowReasons.NoSharedPrompt, "chosen and rejected do not begin with the same turns up to an \"Assistant:\".");
            return RowContent.Preference([], "", "");
        }

        var answer = cut + Transcript.AssistantMarker.Length;
        return RowContent.Preference(Transcript.Read(shared[..cut]), chosen[answer..].Trim(), rejected[answer..].Trim());
    }

    private static bool Opens(RowFields fields, string name) => fields.StartsWith(name, Transcript.HumanMarker);
}
