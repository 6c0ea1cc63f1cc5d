using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.Definition;

/// <summary>What runs beside a candidate as what a model can do without being trained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BaselineKind>))]
public enum BaselineKind
{
    /// <summary>The base with a fixed prompt of three examples (URIAL, Lin et al. 2023, arXiv 2312.01552).</summary>
    [JsonStringEnumMemberName("urial")] Urial,

    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")] None,
}
