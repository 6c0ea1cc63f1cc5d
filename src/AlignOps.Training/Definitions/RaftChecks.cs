using AlignOps.Platform.Definitions;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Checks <c>training.raft</c>.</summary>
internal static class RaftChecks
{
    public static IEnumerable<SectionFault> Of(RaftSection raft) =>
    [
        .. OneOf("raft.reward", raft.Reward, [RaftSection.Rows, RaftSection.Verifier, RaftSection.Model]),
        .. OneOf("raft.keep", raft.Keep, [RaftSection.PerPrompt, RaftSection.Overall]),
        .. raft is { Reward: RaftSection.Verifier, VerifierName: null } ? [Fault("raft.verifier_name", "is missing; training.raft.reward is verifier, so name one.")] : Array.Empty<SectionFault>(),
        .. raft is { Reward: RaftSection.Model, RewardModel: null } ? [Fault("raft.reward_model", "is missing; training.raft.reward is model, so name its PEFT directory.")] : Array.Empty<SectionFault>(),
        .. AtLeast("raft.rounds", raft.Rounds, 1),
        .. AtLeast("raft.samples", raft.Samples, 1),
        .. AtLeast("raft.prompts_per_round", raft.PromptsPerRound, 0),
        .. AtLeast("raft.max_new_tokens", raft.MaxNewTokens, 1),
        .. Within("raft.share", raft.Share, value => value is > 0 and <= 1, "a share above 0 and up to 1, such as 0.125"),
        .. Within("raft.temperature", raft.Temperature, value => value > 0 && double.IsFinite(value), "above 0, such as 1"),
        .. Within("raft.top_p", raft.TopP, value => value is > 0 and <= 1, "above 0 and up to 1, such as 1"),
        .. Within("raft.min_diversity", raft.MinDiversity, value => value is >= 0 and <= 1, "a share from 0 to 1, such as 0.5"),
        .. Within("raft.max_invalid", raft.MaxInvalid, value => value is >= 0 and <= 1, "a share from 0 to 1, such as 0.5"),
        .. Within("raft.max_pattern_rise", raft.MaxPatternRise, value => value is >= 0 and <= 1, "a share from 0 to 1, such as 0.5"),
    ];
}
