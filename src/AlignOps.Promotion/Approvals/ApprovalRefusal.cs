namespace AlignOps.Promotion.Approvals;

/// <summary>Why an answer does not count.</summary>
/// <param name="Status">HTTP's: 403 for who may not, 404 for what is not there, 409 for what is no longer so.</param>
internal sealed record ApprovalRefusal(int Status, string Code, string Sentence);
