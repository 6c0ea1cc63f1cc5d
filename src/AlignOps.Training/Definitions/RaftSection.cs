namespace AlignOps.Training.Definitions;

/// <summary><c>training.raft</c>.</summary>
public sealed record RaftSection
{
    public const string Rows = "rows";
    public const string Verifier = "verifier";
    public const string Model = "model";
    public const string PerPrompt = "prompt";
    public const string Overall = "overall";

    /// <summary>What rates answers: <c>rows</c>, the scores that the rows' own answers have; <c>verifier</c>; or <c>model</c>, a reward model.</summary>
    public string Reward { get; init; } = Rows;

    /// <summary>The verifier's name, where it rates.</summary>
    public string? VerifierName { get; init; }

    /// <summary>PEFT directory of the reward model on the same base, where it rates.</summary>
    public string? RewardModel { get; init; }

    /// <summary>How often answers are sampled and the best learned; with the rows' own answers once.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>Answers sampled to each prompt.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>Prompts of a round, drawn anew for each; 0 is all.</summary>
    public int PromptsPerRound { get; init; }

    /// <summary><c>prompt</c>: the best answer to each prompt; <c>overall</c>: the best share of all answers.</summary>
    public string Keep { get; init; } = PerPrompt;

    /// <summary>The share that <c>overall</c> keeps.</summary>
    public double Share { get; init; } = 0.125;

    /// <summary>Answers rated lower are never kept; silent: whatever they are rated.</summary>
    public double? MinReward { get; init; }

    /// <summary>Of sampling.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Nucleus of sampling; 1 is all tokens.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>A sampled answer that has not ended by then is discarded.</summary>
    public int MaxNewTokens { get; init; } = 128;

    /// <summary>The training ends where the distinct word pairs among samples fall below this share of what they were at the start; 0 lets them.</summary>
    public double MinDiversity { get; init; } = 0.5;

    /// <summary>The training ends where more than this share of the samples is discarded: unfinished, empty, repeating itself, or writing turns' markers.</summary>
    public double MaxInvalid { get; init; } = 0.5;

    /// <summary>The training ends where one word triple stands in this much more of the kept answers than at the start; 1 lets it.</summary>
    public double MaxPatternRise { get; init; } = 0.5;
}
