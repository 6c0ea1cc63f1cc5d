namespace AlignOps.Host.Init;

/// <summary>What can be answered, the first being the default, each with a sentence for people.</summary>
internal static class InitChoices
{
    public const string Example = "example";
    public const string HeldOut = "held-out";
    public const string Approval = "approval";

    public static readonly IReadOnlyList<(string Name, string Says)> Feedback =
    [
        ("thumbs", "one answer with a thumb up or down"),
        ("pairs", "two answers, one preferred"),
        ("rankings", "several answers with scores or ranks"),
        ("demonstrations", "one answer to imitate"),
    ];

    public static readonly IReadOnlyList<(string Name, string Says)> Judges =
    [
        (HeldOut, "a part of the feedback is kept from training, and the new model must find what people liked likelier than the old one does"),
        ("verifier", "rules check answers to your questions: edit suites/behaviour.jsonl"),
    ];

    public static readonly IReadOnlyList<(string Name, string Says)> Gates =
    [
        ("balanced", "an equal model passes at most once in 20"),
        ("strict", "an equal model passes at most once in 100"),
        (Approval, "strict, and a person of role ops who pushed none of the feedback has to agree"),
    ];

    public static readonly IReadOnlyList<(string Name, string Says)> Schedules =
    [
        ("weekly", "Sundays at three, UTC"),
        ("daily", "every night at three, UTC"),
        ("none", "only when feedback comes"),
    ];
}
