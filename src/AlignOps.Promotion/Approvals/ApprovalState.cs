namespace AlignOps.Promotion.Approvals;

/// <summary>Where a request for approval stands; all but the first are final.</summary>
internal static class ApprovalState
{
    public const string Awaiting = "awaiting";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Expired = "expired";

    /// <summary>The champion that the candidate was compared with is no more.</summary>
    public const string Superseded = "superseded";
}
