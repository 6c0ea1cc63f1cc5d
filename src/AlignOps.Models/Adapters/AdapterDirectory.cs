using AlignOps.Models.Checkpoints;
using AlignOps.Models.Manifests;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Adapters;

/// <summary>LoRA adapters in PEFT's directory format, which transformers and vLLM load: adapter_config.json and adapter_model.safetensors.</summary>
public static class AdapterDirectory
{
    internal const string ConfigFile = "adapter_config.json";
    internal const string WeightsFile = "adapter_model.safetensors";
    private const string DigestPrefix = "sha256:";

    /// <summary>Reads an adapter and checks it against the base it is to stand on.</summary>
    /// <param name="baseModelName">
    /// The base's <see cref="Checkpoint.Digest"/>. An adapter that remembers another digest is refused; one that remembers a hub name cannot be compared and is taken.
    /// </param>
    /// <exception cref="ModelFormatException">A file is missing or unsupported, a pair is incomplete, or a shape does not fit rank and base.</exception>
    public static Adapter Read(string directory, PolicyConfig policy, string? baseModelName = null)
    {
        (LoraConfig lora, string? trainedOn) = AdapterConfigJson.Read(Path.Combine(directory, ConfigFile));
        if (IsDigest(trainedOn) && IsDigest(baseModelName) && trainedOn != baseModelName)
        {
            throw new ModelFormatException($"{directory}: the adapter was trained on {trainedOn}, not on {baseModelName}.") { Reason = AdapterReasons.OtherBase };
        }

        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, WeightsFile));
        if (AdapterLayout.Fault(policy, lora, file.Tensors.ToDictionary(t => t.Key, t => t.Value.Shape)) is { } fault)
        {
            throw new ModelFormatException($"{directory}: {fault}") { Reason = AdapterReasons.Shape };
        }

        return new Adapter(lora, trainedOn, [.. AdapterLayout.Tensors(policy, lora).Select(t => Load(file, t))]);
    }

    /// <summary>Reads only the configuration, to know an adapter's rank and base before the base is at hand.</summary>
    public static (LoraConfig Config, string? BaseModelName) ReadConfig(string directory) => AdapterConfigJson.Read(Path.Combine(directory, ConfigFile));

    /// <summary><c>sha256:</c> of an adapter's tensors, by which a manifest remembers it.</summary>
    public static string WeightsDigest(string directory) => ManifestFile.DigestOf(Path.Combine(directory, WeightsFile));

    /// <summary>Writes an adapter in fp32; the same arguments give the same bytes.</summary>
    /// <param name="baseModelName">What the base is remembered by: <see cref="Checkpoint.Digest"/>, or a hub name.</param>
    /// <param name="tensors">A and B of every layer and target, by the names of <see cref="AdapterLayout"/>.</param>
    /// <exception cref="ArgumentException">A configuration that <see cref="LoraFaults"/> finds fault with, or a tensor whose rank is not the config's.</exception>
    public static void Write(string directory, LoraConfig lora, string baseModelName, IReadOnlyList<NamedTensor> tensors)
    {
        if (LoraFaults.Of(lora).FirstOrDefault() is { } fault)
        {
            throw new ArgumentException($"LoRA {fault.Key} {fault.Sentence}", nameof(lora));
        }

        foreach (NamedTensor tensor in tensors)
        {
            if (AdapterLayout.Place(tensor.Name) is not var (layer, module))
            {
                continue;
            }

            int rankAxis = tensor.Name.EndsWith(".lora_A.weight", StringComparison.Ordinal) ? 0 : 1;
            if (tensor.Shape.Count != 2 || tensor.Shape[rankAxis] != lora.RankOf(layer, module))
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name} has shape {Shapes.Text(tensor.Shape)}, which is not of rank {lora.RankOf(layer, module)}.", nameof(tensors));
            }
        }

        Directory.CreateDirectory(directory);
        AdapterConfigJson.Write(Path.Combine(directory, ConfigFile), lora, baseModelName);
        SafetensorsWriter.Write(Path.Combine(directory, WeightsFile), tensors);
    }

    private static bool IsDigest(string? name) => name?.StartsWith(DigestPrefix, StringComparison.Ordinal) == true;

    private static NamedTensor Load(SafetensorsFile file, TensorShape tensor)
    {
        var values = new float[Shapes.ElementCount(tensor.Shape)];
        file.Read(tensor.Name, values);
        return new NamedTensor(tensor.Name, tensor.Shape, values);
    }
}
