using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Raft;

/// <summary>What <c>training.raft.reward</c> names.</summary>
internal static class RaftRewards
{
    /// <returns>Null where the rows' own scores decide.</returns>
    /// <exception cref="JobFailedException"><c>unknown-verifier</c> or <c>reward-model-missing</c>.</exception>
    public static IReward? Open(RaftSection section, IPolicyEngine engine, VerifierCatalogue verifiers, string checkpoint)
    {
        switch (section.Reward)
        {
            case RaftSection.Verifier:
                return verifiers.Find(section.VerifierName!) is { } verifier
                    ? new VerifierReward(verifier)
                    : throw new JobFailedException("unknown-verifier", $"There is no verifier '{section.VerifierName}'; there are {string.Join(", ", verifiers.Names)}.");
            case RaftSection.Model:
                return Directory.Exists(section.RewardModel)
                    ? RewardModelReward.Load(engine, checkpoint, section.RewardModel)
                    : throw new JobFailedException("reward-model-missing", $"There is no reward model in {section.RewardModel}.");
            default:
                return null;
        }
    }
}
