using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Models.Inspection;

/// <summary>Reads what a checkpoint or adapter directory holds, without its weights, and goes on where a part of it cannot be followed.</summary>
public static class ModelInspector
{
    /// <summary>The weights beside a manifest are not those that it names.</summary>
    public const string ManifestOfOthers = "manifest-of-other-weights";

    /// <param name="digest">Hash the weights, too, and hold the manifest to them; takes as long as reading them.</param>
    /// <returns>Null where the directory is neither a checkpoint nor an adapter.</returns>
    public static ModelFacts? Inspect(string directory, bool digest)
    {
        bool adapter = File.Exists(Path.Combine(directory, AdapterDirectory.ConfigFile));
        if (!adapter && !File.Exists(Path.Combine(directory, Checkpoint.ConfigFile)))
        {
            return null;
        }

        List<(string, string)> faults = [];
        ModelManifest? manifest = Try(() => ManifestFile.Read(directory), faults);
        string? hash = digest ? Try(() => adapter ? AdapterDirectory.WeightsDigest(directory) : Checkpoint.Digest(directory), faults) : null;
        if (manifest is not null && hash is not null && manifest.Weights != hash)
        {
            faults.Add((ManifestOfOthers, $"{ManifestFile.Name} is of weights {manifest.Weights}, but these are {hash}."));
        }

        ModelFacts facts = adapter
            ? new ModelFacts { Kind = ModelFacts.Adapter, Lora = Try(() => AdapterFacts.Of(directory), faults) }
            : OfCheckpoint(directory, faults);
        return facts with { Tokenizer = TokenizerOf(directory, faults), Digest = hash, Manifest = manifest, Faults = faults };
    }

    private static ModelFacts OfCheckpoint(string directory, List<(string, string)> faults)
    {
        WeightFacts? weights = Try(() =>
        {
            using StoredTensors stored = StoredTensors.Open(directory);
            return WeightFacts.Of(stored.Files, stored.Entries);
        }, faults);
        PolicyConfig? config = Try(() =>
        {
            // Opened and not only read: the shapes are held to the config.
            using ICheckpoint? checkpoint = weights is null ? null : Checkpoint.Open(directory);
            return checkpoint?.Config ?? PolicyConfigReader.Read(Path.Combine(directory, Checkpoint.ConfigFile));
        }, faults);
        return new ModelFacts { Kind = ModelFacts.Checkpoint, Config = config, Weights = weights };
    }

    private static TokenizerFacts? TokenizerOf(string directory, List<(string, string)> faults)
    {
        if (!File.Exists(Path.Combine(directory, Tokenizer.ModelFile)))
        {
            return null;
        }

        (BpeTokenizer? tokenizer, TokenizationFault? fault) = Tokenizer.TryLoad(directory);
        if (fault is not null)
        {
            faults.Add((fault.Code, fault.Sentence));
        }

        return tokenizer is null ? null : TokenizerFacts.Of(tokenizer);
    }

    private static T? Try<T>(Func<T?> read, List<(string, string)> faults) where T : class
    {
        try
        {
            return read();
        }
        catch (ModelFormatException fault)
        {
            faults.Add((fault.Reason, fault.Message));
            return null;
        }
    }
}
