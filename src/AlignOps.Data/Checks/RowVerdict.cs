namespace AlignOps.Data.Checks;

/// <summary>What became of one pushed row.</summary>
public enum RowVerdict
{
    /// <summary>Sound feedback; it may be learned from.</summary>
    Accepted,

    /// <summary>The same content is there already, in this batch or in an earlier one of the pipeline.</summary>
    Duplicate,

    /// <summary>Readable, but suspicious: kept aside for a person to look at.</summary>
    Quarantined,

    /// <summary>Not readable as feedback, or nothing can be learned from it.</summary>
    Rejected,
}
