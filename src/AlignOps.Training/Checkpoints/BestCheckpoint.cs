using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Training.Checkpoints;

/// <summary>The trained tensors at the best evaluation so far. It is copied into every checkpoint, so that a training that goes back to one goes back to its best, too.</summary>
internal sealed class BestCheckpoint(string folder)
{
    public const string FileName = "best.safetensors";

    private readonly string _path = Path.Combine(folder, FileName);

    /// <summary>The file, or null where there is none.</summary>
    public string? Existing => File.Exists(_path) ? _path : null;

    public void Save(IReadOnlyList<TrainableParameter> parameters) =>
        SafetensorsWriter.Write(_path, [.. parameters.Select(p => new NamedTensor(p.Name, p.Shape, p.Value))]);

    /// <summary>Puts the tensors back into the policy.</summary>
    public void Restore(IReadOnlyList<TrainableParameter> parameters)
    {
        using SafetensorsFile file = SafetensorsFile.Open(_path);
        foreach (TrainableParameter parameter in parameters)
        {
            file.Read(parameter.Name, parameter.Value.Span);
        }
    }

    /// <summary>Goes back to a checkpoint's, or to none.</summary>
    public void Restart(string? checkpoint)
    {
        string? kept = checkpoint is null ? null : Path.Combine(checkpoint, FileName);
        if (File.Exists(kept))
        {
            File.Copy(kept, _path, overwrite: true);
        }
        else
        {
            File.Delete(_path);
        }
    }
}
