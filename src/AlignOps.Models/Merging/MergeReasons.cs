namespace AlignOps.Models.Merging;

/// <summary>Why a merge is refused, beside what <see cref="Adapters.AdapterReasons"/> says of the adapter.</summary>
public static class MergeReasons
{
    /// <summary>A tensor of the base, the adapter or the merge is NaN or infinite; so is a merge that its dtype cannot hold.</summary>
    public const string NotFinite = "weights-not-finite";

    /// <summary>The merged checkpoint, loaded back, does not answer as base and adapter do.</summary>
    public const string Parity = "merge-parity";

    /// <summary>The output is there and not empty.</summary>
    public const string OutputNotEmpty = "output-not-empty";

    /// <summary>The output is the base or the adapter itself.</summary>
    public const string OutputIsInput = "output-is-input";
}
