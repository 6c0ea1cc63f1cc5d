using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Intake.Inbox;
using AlignOps.Intake.Rows;

namespace AlignOps.Intake;

/// <summary>How much may be pushed at once. Section <c>Intake</c> of the configuration.</summary>
public sealed record IntakeOptions
{
    /// <summary>Bytes of one request's body, as sent.</summary>
    public long BodyBytes { get; init; } = 256L << 20;

    /// <summary>What the body may be after unpacking.</summary>
    public ContentLimits Content { get; init; } = new();

    /// <summary>The folder whose files become batches.</summary>
    public InboxOptions Inbox { get; init; } = new();

    /// <summary>How single rows become batches.</summary>
    public RowsOptions Rows { get; init; } = new();

    /// <summary>What one row may be.</summary>
    public RowLimits Row { get; init; } = new();
}
