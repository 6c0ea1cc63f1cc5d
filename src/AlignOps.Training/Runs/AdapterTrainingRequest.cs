using AlignOps.Data.Feedback;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Runs;

/// <summary>What it takes to train an adapter on feedback rows.</summary>
/// <param name="Seed">Decides the order of the examples and a new adapter's first values.</param>
/// <param name="Checkpoint">Hugging Face directory of the policy, frozen.</param>
/// <param name="Adapter">PEFT directory to continue; null begins a new adapter.</param>
/// <param name="ModelIdentity">Content name of policy and adapter: a checkpoint of a training from another start is not resumed.</param>
/// <param name="Folder">Of checkpoints and metrics.</param>
/// <param name="RefusesOthers">A checkpoint of another training in the folder is an error.</param>
/// <param name="DatasetDigest">The dataset version's identity, for the manifest beside the adapter.</param>
/// <param name="Output">Where the trained PEFT directory goes, or the checkpoint where every weight is trained.</param>
/// <param name="ReferenceFolder">Where reference scores are kept for other trainings; null: with the checkpoints.</param>
/// <param name="FailureFolder">Where a batch is saved whose loss is not finite; null: with the checkpoints.</param>
internal sealed record AdapterTrainingRequest(
    TrainingSection Section,
    long Seed,
    string Checkpoint,
    string? Adapter,
    string ModelIdentity,
    IReadOnlyList<FeedbackRow> Train,
    IReadOnlyList<FeedbackRow> HeldOut,
    string Folder,
    string Output,
    bool RefusesOthers = false,
    string? DatasetDigest = null,
    string? ReferenceFolder = null,
    string? FailureFolder = null);
