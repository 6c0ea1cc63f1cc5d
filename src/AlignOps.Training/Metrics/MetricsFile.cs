using System.Buffers;
using System.Text.Json;
using AlignOps.Training.Evaluation;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Metrics;

/// <summary>The metrics of a training as JSONL. It holds no time and no machine, so that its digest tells two trainings apart by what they did.</summary>
internal sealed class MetricsFile(string path)
{
    public string Path => path;

    /// <summary>Begins anew, or from the lines that a checkpoint kept.</summary>
    public void Restart(string? checkpointed) => File.WriteAllBytes(path, checkpointed is null ? [] : File.ReadAllBytes(checkpointed));

    public void Append(StepReport report) => Append(json =>
    {
        json.WriteNumber("step", report.Step);
        json.WriteNumber("epoch", report.Epoch);
        json.WriteNumber("loss", report.Loss);
        json.WriteNumber("grad_norm", report.GradientNorm);
        json.WriteNumber("learning_rate", report.LearningRate);
        json.WriteNumber("num_tokens", report.Tokens);
        if (report.LossZScore is { } loss)
        {
            json.WriteNumber("loss_zscore", loss);
        }

        if (report.GradientNormZScore is { } norm)
        {
            json.WriteNumber("grad_norm_zscore", norm);
        }

        foreach ((string name, double value) in report.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, value);
        }
    });

    public void Append(EvaluationReport report) => Append(json =>
    {
        json.WriteNumber("step", report.Step);
        foreach ((string name, double value) in report.Named)
        {
            json.WriteNumber(name, value);
        }
    });

    private void Append(Action<Utf8JsonWriter> properties)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        using FileStream file = new(path, FileMode.Append, FileAccess.Write);
        file.Write(line.WrittenSpan);
    }
}
