using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Evaluation.Results;

/// <summary>
/// What one model came to on one draw of one item, whatever kind of suite it stands in: a line of a results file. It holds no time and no machine: equal results are equal bytes.
/// </summary>
public sealed record ResultLine
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null outside a run.</summary>
    public string? Run { get; init; }

    public required string Suite { get; init; }

    /// <summary><c>open</c>, <c>multiple-choice</c>, <c>exact-match</c> and so on.</summary>
    public required string Kind { get; init; }

    /// <summary><c>preference</c>, <c>regression</c> or <c>report</c>; null outside a run.</summary>
    public string? Role { get; init; }

    /// <summary>SHA-256 of the suite's file.</summary>
    public required string SuiteDigest { get; init; }

    /// <summary>Who scores or compares.</summary>
    public string? Judge { get; init; }

    public string? JudgeDigest { get; init; }

    public required string Id { get; init; }

    /// <summary>0-based draw of the item.</summary>
    public int Sample { get; init; }

    public required string Slice { get; init; }

    public string? Cluster { get; init; }

    /// <summary>Such as <c>de</c>, as the suite names it or the question shows it; null where neither does.</summary>
    public string? Language { get; init; }

    public string? Question { get; init; }

    /// <summary><c>candidate</c>, <c>champion</c>, <c>anchor</c>, <c>baseline</c>; <c>policy</c> outside a run.</summary>
    public required string Model { get; init; }

    /// <summary>Digest of the adapter, or of the checkpoint where there is none; null outside a run.</summary>
    public string? ModelDigest { get; init; }

    /// <summary>What it wrote or chose; empty where it only found a text likely.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The answer ran into the limit of new tokens, or what stood before it was cut to the model's positions.</summary>
    public bool Cut { get; init; }

    /// <summary>In [0, 1], more being better; null where unscored.</summary>
    public double? Score { get; init; }

    public bool Passes { get; init; }

    /// <summary>Behaviours by name, and whether the answer shows them.</summary>
    public IReadOnlyDictionary<string, bool> Checks { get; init; } = new Dictionary<string, bool>();

    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What the metrics were computed from; null within a run.</summary>
    public IReadOnlyDictionary<string, object>? Outputs { get; init; }

    /// <summary>Of the candidate against this model: 1 win, 1/2 tie, 0 loss; null on the candidate's own lines, where nothing is compared, and where unscored.</summary>
    public double? Outcome { get; init; }

    /// <summary>Why there is no score or no outcome.</summary>
    public string? Unscored { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Options) + "\n";
}
