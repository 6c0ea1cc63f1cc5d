using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Checkpoints;

/// <summary>What makes a checkpoint the property of one training: its start, its method, its options, its rows and the tensors it trains.</summary>
internal static class TrainingFingerprint
{
    /// <param name="identity">The caller's part: the start model and the method's own options.</param>
    /// <param name="heldOut">When to stop and what to keep may hang on them.</param>
    public static string Of(
        string identity, TrainerOptions options, IReadOnlyList<TrainingExample> examples, IReadOnlyList<TrainingExample> heldOut,
        IReadOnlyList<TrainableParameter> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add(identity);
        // How often to save and how much to keep is no part of what is trained: a training may be resumed with another interval, on a larger machine.
        Add(JsonSerializer.Serialize(options with { CheckpointEvery = 0, Recomputes = false }));
        foreach (TrainingExample example in examples)
        {
            Add(example.RowId);
        }

        Add("held out");
        foreach (TrainingExample example in heldOut)
        {
            Add(example.RowId);
        }

        foreach (TrainableParameter parameter in parameters)
        {
            Add($"{parameter.Name} {string.Join('x', parameter.Shape)}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
