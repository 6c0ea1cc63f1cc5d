using System.Globalization;
using AlignOps.Platform.Definitions;

namespace AlignOps.Pipelines.Definitions;

public static class SectionFaultLine
{
    /// <summary>A fault as one line: <c>pipeline.yaml:12:5 training.learning_rate: sentence</c>.</summary>
    public static string ToLine(this SectionFault fault) => fault.Line == 0
        ? $"pipeline.yaml {fault.Path}: {fault.Sentence}"
        : string.Create(CultureInfo.InvariantCulture, $"pipeline.yaml:{fault.Line}:{fault.Column} {fault.Path}: {fault.Sentence}");
}
