namespace AlignOps.Data.Checks;

/// <summary>Why a row is not accepted: a verdict, a stable code from <see cref="RowReasons"/>, and a sentence for the person who pushed it.</summary>
public sealed record RowFault(RowVerdict Verdict, string Reason, string Sentence)
{
    public static RowFault Rejected(string reason, string sentence) => new(RowVerdict.Rejected, reason, sentence);

    public static RowFault Quarantined(string reason, string sentence) => new(RowVerdict.Quarantined, reason, sentence);
}
