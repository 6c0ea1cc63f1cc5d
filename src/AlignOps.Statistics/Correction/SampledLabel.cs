namespace AlignOps.Statistics.Correction;

/// <summary>An item that a judge judged, and perhaps a person.</summary>
/// <param name="Cluster">What shares a source.</param>
/// <param name="Judge">The judge's outcome; any fixed value where it had none.</param>
/// <param name="Person">The person's outcome; null where nobody was asked.</param>
/// <param name="Inclusion">The chance that a person was asked, above 0; of no account where nobody was.</param>
/// <param name="Asked">False where the outcome is known without asking, as of two equal answers.</param>
public sealed record SampledLabel(string Cluster, double Judge, double? Person, double Inclusion, bool Asked = true);
