namespace AlignOps.WebConsole.Parts;

/// <summary>The colour and the icon of a state. Neither stands alone: the word is always beside them.</summary>
internal static class Tones
{
    public static (string Tone, string Icon) Of(string? state) => state switch
    {
        "promoted" or "answered" or "promote" or "pass" or "learned" or "done" or "full" or "approved" or "accepted" or "better" or "qualified" or "certified" => ("good", "check"),
        "rejected" or "reject" or "fail" or "failed" or "rolled-back" or "worse" or "drifted" => ("bad", "cross"),
        "held" or "skipped" or "on-hold" or "quarantined" or "expired" or "superseded" => ("warn", "pause"),
        "inconclusive" or "undecided" or "unscored" or "not-examined" or "drift-unmeasured" => ("warn", "question"),
        "awaiting-approval" or "awaiting" => ("ask", "person"),
        "preparing" or "synthesizing" or "mixing" or "training" or "evaluating" or "deciding" or "running" or "open" or "claimed" or "in-run" or "verifying" or "shadow" or "canary" => ("live", "play"),
        "tied" => ("calm", "equal"),
        "waiting" or "pending" => ("calm", "clock"),
        _ => ("calm", "dot"),
    };

    public static string Word(string? state) => state switch
    {
        null or "" => "unknown",
        "awaiting-approval" => "awaiting approval",
        "in-run" => "in a run",
        "on-hold" => "on hold",
        "rolled-back" => "rolled back",
        "not-examined" => "not examined",
        "drift-unmeasured" => "drift not measured",
        _ => state,
    };
}
