using System.Globalization;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;
using AlignOps.Models.Tokenization;

namespace AlignOps.Models.Merging;

/// <summary>Makes one checkpoint of a base and an adapter, and shows that it is still the same policy before it stands under its name.</summary>
public sealed class CheckpointMerge(IPolicyEngine engine)
{
    /// <exception cref="ModelFormatException">
    /// With one of <see cref="AdapterReasons"/> or <see cref="MergeReasons"/>, or a file that does not hold together. Nothing is left in the output.
    /// </exception>
    public MergeReport Run(MergeRequest request)
    {
        CheckOutput(request);
        string digest = Checkpoint.Digest(request.Base);
        PolicyConfig policy = ReadConfig(request.Base);
        Adapter adapter = AdapterDirectory.Read(request.Adapter, policy, digest);
        if (adapter.Config.RewardHead)
        {
            throw new ModelFormatException($"{request.Adapter}: a reward model's head has no place in a language model's checkpoint.") { Reason = AdapterReasons.Unsupported };
        }

        string partial = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output)) + ".partial";
        try
        {
            RemoveFolder(partial);
            Directory.CreateDirectory(partial);
            MergeReport report = Write(request, policy, adapter, partial);
            if (!report.Parity.Holds)
            {
                throw new ModelFormatException(Sentence(report.Parity)) { Reason = MergeReasons.Parity };
            }

            ManifestFile.Write(partial, new ModelManifest
            {
                Kind = ModelManifest.Merged,
                Base = digest,
                Weights = Checkpoint.Digest(partial),
                MergedAdapter = AdapterDirectory.WeightsDigest(request.Adapter),
            });
            Publish(partial, request.Output);
            return report;
        }
        finally
        {
            RemoveFolder(partial);
        }
    }

    private MergeReport Write(MergeRequest request, PolicyConfig policy, Adapter adapter, string directory)
    {
        IReadOnlyList<string> copied = CompanionFiles.Copy(request.Base, directory, request.Dtype);
        using StoredTensors stored = StoredTensors.Open(request.Base);
        var weights = new MergedWeights(stored, policy, adapter, request.Dtype);
        IReadOnlyList<string> files = ShardedWriter.Write(directory, weights.Tensors, request.ShardBytes);
        ITokenizer? tokenizer = File.Exists(Path.Combine(request.Base, Tokenizer.ModelFile)) ? TryTokenizer(request.Base) : null;
        ParityReport parity = MergeParity.Measure(engine, request, adapter.Config, directory, weights.Coarsest, ParityProbes.For(policy, tokenizer));
        return new MergeReport(weights.Merged, weights.Tensors.Count, weights.Tensors.Sum(t => t.Bytes), files, copied, parity);
    }

    private static void CheckOutput(MergeRequest request)
    {
        string output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output));
        if (new[] { request.Base, request.Adapter }.Any(input => Path.TrimEndingDirectorySeparator(Path.GetFullPath(input)) == output))
        {
            throw new ModelFormatException($"{request.Output}: a merge is not written over what it is made from.") { Reason = MergeReasons.OutputIsInput };
        }

        if (!request.Overwrites && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
        {
            throw new ModelFormatException($"{request.Output}: the folder is not empty.") { Reason = MergeReasons.OutputNotEmpty };
        }
    }

    private static PolicyConfig ReadConfig(string directory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(directory);
        return checkpoint.Config;
    }

    /// <summary>A tokenizer that cannot be followed is no reason not to merge: the probes are then tokens alone.</summary>
    private static BpeTokenizer? TryTokenizer(string directory)
    {
        try
        {
            return Tokenizer.Load(directory);
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    private static string Sentence(ParityReport parity) => string.Create(CultureInfo.InvariantCulture,
        $"The merged checkpoint does not answer as base and adapter do: over {parity.Tokens} tokens of {parity.Sequences} sequences their log-probabilities differ by {parity.Mean:G3} on average and {parity.Largest:G3} at most; {parity.Dtype} allows {parity.MeanTolerance:G3} and {parity.LargestTolerance:G3}.");

    private static void Publish(string partial, string output)
    {
        Directory.CreateDirectory(output);
        CompanionFiles.RemoveWeights(output);
        foreach (string file in Directory.EnumerateFiles(partial, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(output, Path.GetRelativePath(partial, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }
    }

    private static void RemoveFolder(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
