namespace AlignOps.Evaluation.Qualification;

/// <summary>A measure with its 95 % interval.</summary>
/// <param name="Count">Pairs, verdicts or attacks that it was computed from.</param>
/// <param name="NotMeasured">Why there is no value; a judge may not gate on what nobody measured.</param>
internal sealed record Measurement(Measure Measure, double? Value, double? Lower, double? Upper, int Count, string? NotMeasured = null)
{
    public static Measurement None(Measure measure, string why) => new(measure, null, null, null, 0, why);
}
